// A template as the customer's phone draws it, with what is filled in so far.
import { createElement as h } from "react";
import { Copy, ExternalLink, FileText, Image as Picture, MapPin, Phone, Reply, Smartphone, Video } from "lucide-react";
import { icon } from "../composer/kit.js";
import { Styled } from "../styled.js";

const MEDIA = { image: Picture, video: Video, document: FileText, location: MapPin };
const BUTTONS = { quick_reply: Reply, url: ExternalLink, phone: Phone, copy_code: Copy, other: Smartphone };

// The words with values in their gaps; an empty gap shows the provider's example, or its name.
const filled = (pieces, part, texts) => pieces.map((piece) => (piece.gap
  ? { text: texts[`${part}:${piece.gap}`]?.trim() || piece.text || piece.gap, gap: texts[`${part}:${piece.gap}`]?.trim() ? "filled" : "empty" }
  : piece));

function Above({ kind, file, place, words }) {
  if (kind === "image" && file?.url) return h("img", { className: "above", src: file.url, alt: "" });
  if (kind === "video" && file?.url) return h("video", { className: "above", src: file.url, muted: true, preload: "metadata" });
  const name = kind === "location" ? place?.name : file?.name;
  return h("div", { className: "above empty" }, icon(MEDIA[kind], 26), h("span", { dir: "auto" }, name || words[kind]));
}

export function Preview({ template, texts = {}, file, place, words }) {
  const { form } = template;
  return h("div", { className: "wall", "data-testid": "template-preview", "aria-label": words.preview, role: "region" },
    h("div", { className: "shown" },
      h("div", { className: "shown-words" },
        MEDIA[form.header_kind] && h(Above, { kind: form.header_kind, file, place, words }),
        form.header.length > 0 && h(Styled, { className: "shown-header", pieces: filled(form.header, "header", texts) }),
        h(Styled, { className: "shown-body", pieces: filled(form.body, "body", texts) }),
        form.footer && h("span", { className: "shown-footer", dir: "auto" }, form.footer)),
      form.buttons.map((button, index) => h("div", { key: index, className: "shown-button" }, icon(BUTTONS[button.kind], 15), h("span", { dir: "auto" }, button.title)))));
}
