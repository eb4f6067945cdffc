// Where the eye is in a conversation, and how it stays there.

const AT_END = 80; // px from the end within which new messages are followed
const ABOVE = 80; // px that stay free above the line over what is unread

export const rowsOf = (feed) => feed.querySelectorAll("[data-message]");
export const find = (feed, id) => feed.querySelector(`[data-message="${CSS.escape(id)}"]`);
const offset = (feed, row) => row.getBoundingClientRect().top - feed.getBoundingClientRect().top;

// The first row that reaches below the upper edge, by halving.
const eyeRow = (feed) => {
  const rows = rowsOf(feed), edge = feed.getBoundingClientRect().top;
  let low = 0, high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].getBoundingClientRect().bottom > edge) high = middle; else low = middle + 1;
  }
  return rows[low] ?? null;
};

export class Position {
  constructor(feed) {
    this.feed = feed;
    this.newer = false; // what is shown ends before the conversation does
    this.following = true;
    this.anchor = null; // the row under the eye, and how far below the upper edge it stands
    this.top = 0; // where the feed was scrolled to at that moment
  }

  note() {
    this.following = this.isAtEnd();
    const row = eyeRow(this.feed);
    this.anchor = row && { id: row.dataset.message, top: offset(this.feed, row) };
    this.top = this.feed.scrollTop;
  }

  isAtEnd() { return !this.newer && this.below() <= AT_END; }

  // How many px stand below what is seen.
  below() {
    const { scrollHeight, scrollTop, clientHeight } = this.feed;
    return scrollHeight - scrollTop - clientHeight;
  }

  // The reader may have scrolled already when rows change, and the browser not yet have said
  // so: that distance is theirs, and is not taken back.
  settle() {
    const scrolled = this.feed.scrollTop - this.top;
    if (scrolled < 0 && !this.isAtEnd()) this.following = false;
    if (this.following && !this.newer) { this.toEnd(); return; }
    const row = this.anchor && find(this.feed, this.anchor.id);
    const moved = row ? offset(this.feed, row) - (this.anchor.top - scrolled) : 0;
    if (Math.abs(moved) > 0.5) this.scrollBy(moved);
  }

  scrollBy(distance) {
    const before = this.feed.scrollTop;
    this.feed.scrollTop += distance;
    this.top += this.feed.scrollTop - before;
  }

  toEnd() {
    this.following = true;
    this.feed.scrollTop = this.feed.scrollHeight;
    this.top = this.feed.scrollTop;
  }

  toBeginning() {
    this.feed.scrollTop = 0;
    this.note();
  }

  open(divider) {
    const row = divider && find(this.feed, divider);
    this.toEnd();
    if (row && offset(this.feed, row) < 0) this.feed.scrollTop += offset(this.feed, row) - ABOVE;
    this.note();
  }

  // Puts a row in the middle, or its beginning in sight if it is long.
  show(row) {
    const box = row.getBoundingClientRect(), room = this.feed.clientHeight;
    this.feed.scrollTop += offset(this.feed, row) - Math.max(ABOVE, (room - box.height) / 2);
    this.note();
    row.classList.remove("found");
    requestAnimationFrame(() => row.classList.add("found"));
  }

  land(row) {
    this.show(row);
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }

  // As a hit of a search: the focus stays where one types.
  point(row) {
    this.feed.querySelectorAll("[data-hit]").forEach((one) => one.removeAttribute("data-hit"));
    row.setAttribute("data-hit", "");
    this.show(row);
  }
}
