// Every key of the panel: one table, which whoever listens for keys asks (`pressed`), and from
// which the sheet behind "?" is drawn. What stands in no row of it is no key of ours.
//
// A key is written as people read it: "Alt+P". Ctrl stands for ⌘ as well. Signs alone ("?", "J")
// are single keys: they count only outside of fields and dialogs, and can be switched off.
export const KEYS = {
  anywhere: {
    sheet: ["?"],
    nextRow: ["J"],
    previousRow: ["K"],
    closingNext: ["Alt+W"],
  },
  writing: {
    reply: ["Alt+L", "R"],
    note: ["Alt+P", "N"],
    send: ["Enter"],
    sendCtrl: ["Ctrl+Enter"],
    newLine: ["Shift+Enter"],
    shortcuts: ["Ctrl+/"],
    emoji: ["Alt+M"],
    gap: ["Tab"],
    gapBefore: ["Shift+Tab"],
    undo: ["Alt+Z"],
  },
  list: {
    listNext: ["ArrowDown", "Ctrl+N"],
    listPrevious: ["ArrowUp", "Ctrl+P"],
    listPageDown: ["PageDown"],
    listPageUp: ["PageUp"],
    listFirst: ["Home"],
    listLast: ["End"],
    insert: ["Enter", "Tab"],
    insertAndSend: ["Ctrl+Enter"],
    keepTyped: ["Escape"],
  },
  conversation: {
    find: ["Ctrl+F"],
    findOlder: ["Enter"],
    findNewer: ["Shift+Enter"],
    beginning: ["Ctrl+Home"],
    latest: ["Ctrl+End"],
    pictureNext: ["ArrowRight"],
    pictureBefore: ["ArrowLeft"],
  },
};

const TABLE = new Map(Object.values(KEYS).flatMap((rows) => Object.entries(rows).map(([name, keys]) => [name, keys.map(read)])));

function read(written) {
  const parts = written.split(/\+(?=.)/), key = parts.pop(), letter = /^[A-Z]$/.test(key);
  return { key, letter, control: parts.includes("Ctrl"), alt: parts.includes("Alt"), shift: parts.includes("Shift"),
    single: key.length === 1 && !parts.length };
}

// The letter of a key with Alt depends on the layout and the system, its place does not; where a
// sign stands depends on the layout, so that Shift may be needed for it.
function matches(key, event) {
  if (key.control !== (event.ctrlKey || event.metaKey) || key.alt !== event.altKey) return false;
  if ((key.letter || key.key.length > 1) && key.shift !== event.shiftKey) return false;
  if (key.letter && key.alt) return event.code === `Key${key.key}`;
  return (key.letter ? event.key?.toUpperCase() : event.key) === key.key;
}

let singles = false; // until it is known that this agent wants them
export const letSingles = (on) => { singles = on; };

const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=combobox]";
const ABOVE = "dialog[open], [role=dialog], [role=alertdialog], [role=menu], [popover]:popover-open";
const forThePage = (event) => !event.target.closest?.(FIELDS) && ![...document.querySelectorAll(ABOVE)].some((one) => one.checkVisibility());

// Is this the key of that name? Never while an IME is at work.
export const pressed = (event, name) => !(event.nativeEvent ?? event).isComposing
  && TABLE.get(name).some((key) => matches(key, event) && (!key.single || (singles && forThePage(event))));
