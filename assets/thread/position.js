// Where the eye is in a conversation, and how it stays there.
const AT_END = 80; // px from the end within which new messages are followed

export const rowsOf = (feed) => feed.querySelectorAll("[data-message]");

// The first row that reaches below the upper edge, by halving: there may be a thousand.
const eyeRow = (feed) => {
  const rows = rowsOf(feed), edge = feed.getBoundingClientRect().top;
  let low = 0, high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].getBoundingClientRect().bottom > edge) high = middle; else low = middle + 1;
  }
  return rows[low] ?? null;
};

const find = (feed, id) => feed.querySelector(`[data-message="${id}"]`);
const offset = (feed, row) => row.getBoundingClientRect().top - feed.getBoundingClientRect().top;

export class Position {
  constructor(feed) {
    this.feed = feed;
    this.following = true;
    this.anchor = null; // the row under the eye, and how far below the upper edge it stands
  }

  note() {
    const { scrollHeight, scrollTop, clientHeight } = this.feed;
    this.following = scrollHeight - scrollTop - clientHeight <= AT_END;
    const row = eyeRow(this.feed);
    this.anchor = row && { id: row.dataset.message, top: offset(this.feed, row) };
  }

  settle() {
    if (this.following) { this.toEnd(); return; }
    const row = this.anchor && find(this.feed, this.anchor.id);
    const moved = row ? offset(this.feed, row) - this.anchor.top : 0;
    if (Math.abs(moved) > 0.5) this.feed.scrollTop += moved;
  }

  toEnd() { this.feed.scrollTop = this.feed.scrollHeight; }

  open(divider) {
    const row = divider && find(this.feed, divider);
    this.toEnd();
    if (row && offset(this.feed, row) < 0) this.feed.scrollTop += offset(this.feed, row) - 80;
    this.note();
  }
}
