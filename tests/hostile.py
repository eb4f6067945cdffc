"""Two hundred and more texts that have broken programs, for every field that takes one."""

from itertools import product

CANARY = "window.hit = (window.hit || 0) + 1"
"""What runs if a text is taken for script."""

_SCRIPTS = (
    "<script>{}</script>",
    "<SCRIPT SRC=data:text/javascript,{}></SCRIPT>",
    "<img src=x onerror='{}'>",
    "<img src=x onerror={}//",
    "<svg onload='{}'>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin='{}' attributeName=x dur=1s>",
    '<iframe srcdoc="<script>parent.{}</script>"></iframe>',
    "<iframe src='javascript:parent.{}'></iframe>",
    "<body onload='{}'>",
    "<details open ontoggle='{}'>",
    "<input autofocus onfocus='{}'>",
    "<video><source onerror='{}'></video>",
    "<audio src=x onerror='{}'>",
    "<marquee onstart='{}'>x</marquee>",
    "<object data='javascript:{}'></object>",
    "<embed src='javascript:{}'>",
    "<a href='javascript:{}'>x</a>",
    "[x](javascript:{})",
    "![x](x' onerror='{})",
    "<math><mtext><script>{}</script></mtext></math>",
    "<style>@import 'javascript:{}';</style>",
    "<link rel=stylesheet href='javascript:{}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<base href='javascript:{}//'>",
    "<form action='javascript:{}'><button>x</button></form>",
    "<template><script>{}</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror='{}'>\">",
    "<xmp><p title=\"</xmp><img src=x onerror='{}'>\">",
    "<!--><img src=x onerror='{}'>-->",
    "<![CDATA[<img src=x onerror='{}'>]]>",
    "${{{}}}",
    "`${{{}}}`",
    "';{};//",
    '";{};//',
    "</textarea><script>{}</script>",
    "</title><script>{}</script>",
    "</style><script>{}</script>",
    "</script><script>{}</script>",
    "javascript:{}",
    "data:text/html,<script>{}</script>",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "%3Cscript%3E{}%3C/script%3E",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
)
_DRESSES = ("{}", " {}", "x{}", "\u202e{}")

_OTHERS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "'=1", "\t=1"),
    *("{0}", "{}", "{self}", "{0.__class__}", "%s%n", "{{7*7}", "#{7*7}", "<%= 7*7 %>", "{% x %}"),
    *("../../etc/passwd", "..\\..\\x", "file:///x", "\\\\host\\share", "NUL", "con", "a\\", "/"),
    *("' OR 1=1 --", '" OR ""="', "'; DROP TABLE shortcut; --", "%", "_", "%%%", "a%' --"),
    *(
        "null",
        "undefined",
        "NaN",
        "true",
        "[object Object]",
        "__proto__",
        "constructor",
        "toString",
    ),
    *("\u202eevil", "\u2066x\u2069", "\u200b", "\ufeff", "\u0301\u0301\u0301", "a\u0300" * 40),
    *("😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "\U0001f3fb", "ﷺ" * 20, "ẞßſ", "ǅ", "ﬁ", "İi"),
    *("مرحبا", "שלום", "नमस्ते", "こんにちは", "Z̸a̸l̸g̸o̸", "\u0085", "\u2028", "\u00a0"),
    *("$&", "$1", "$$", "$`", "$'", "\\1", "\\n", "&amp;", "&nbsp;", "<", ">", "&", '"', "'", "`"),
)

TEXTS = (
    tuple(dress.format(script.format(CANARY)) for script, dress in product(_SCRIPTS, _DRESSES))
    + _OTHERS
)
