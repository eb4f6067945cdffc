// The attachment menu: exactly the items that the channel has, driven by keys or mouse.
import { createElement as h, useEffect, useRef, useState } from "react";
import { BellRing, Contact, FileText, Image as Photo, LayoutTemplate, MapPin, Plus, Video } from "lucide-react";
import { icon } from "./kit.js";

const ICONS = { optin: BellRing, picture: Photo, template: LayoutTemplate, location: MapPin, contact: Contact, file: FileText, video: Video, photo: Photo };

// Which item the arrow keys lead to.
const next = (key, here, count) =>
  ({ ArrowDown: (here + 1) % count, ArrowUp: (here - 1 + count) % count, Home: 0, End: count - 1 })[key];

export function AttachMenu({ items, words, onChoose }) {
  const [open, setOpen] = useState(false);
  const menu = useRef(null), opener = useRef(null);
  const buttons = () => [...menu.current.querySelectorAll("[role=menuitem]")];
  useEffect(() => { if (open) buttons()[0]?.focus(); }, [open]);
  const close = () => { setOpen(false); opener.current.focus(); };
  const onKeyDown = (event) => {
    if (!open) return;
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); return; }
    const all = buttons(), there = next(event.key, all.indexOf(document.activeElement), all.length);
    if (there !== undefined) { event.preventDefault(); all[there].focus(); }
  };
  const choose = (item) => { close(); onChoose(item); };
  if (!items.length) return null;
  return h("div", { className: "attach", onKeyDown, onBlur: (event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false); } },
    h("button", { ref: opener, type: "button", className: "tool", "data-testid": "attach", "aria-label": words.attach, title: words.attach,
      "aria-haspopup": "menu", "aria-expanded": open, onClick: () => setOpen(!open) }, icon(Plus)),
    open && h("div", { ref: menu, className: "menu", role: "menu", "aria-label": words.attach },
      items.map((item) => h("button", { key: item.item, type: "button", role: "menuitem", tabIndex: -1, "data-testid": `attach-${item.item}`,
        "aria-disabled": item.off ? true : undefined, title: item.off || undefined,
        onClick: () => { if (!item.off) choose(item); } },
      icon(ICONS[item.item] ?? FileText), item.words,
      item.off ? h("span", { className: "menu-off" }, item.off) : null))));
}
