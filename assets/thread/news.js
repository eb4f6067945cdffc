// What is new in a conversation: what is said aloud, what was seen, what was missed.
import { rowsOf } from "./position.js";

const NEAR_END = 40; // rows; what is loaded from before stands further up

const idOf = (row) => row?.dataset.message ?? "";

// The newest row of a kind; it stands near the end.
const lastOf = (rows, kind) => {
  for (let index = rows.length - 1; index >= 0; index -= 1) if (rows[index].dataset.kind === kind) return idOf(rows[index]);
  return "";
};

export class News {
  constructor(feed, position) {
    this.feed = feed;
    this.position = position;
    this.begin();
  }

  begin() {
    this.known = null; // ids of the rows near the end: what comes late stands above the last one
    this.lastSeen = null; // the newest row when the reader was last at the end; empty if never
    this.told = ""; // up to where the server knows that it was seen
    this.before = 0; // what was missed when the end was let go
    this.missed = 0;
  }

  // Customers' rows that have just arrived at the end: not those that were loaded.
  arrived() {
    const near = [...rowsOf(this.feed)].slice(-NEAR_END);
    const { known } = this;
    this.known = near.length && !this.position.newer ? new Set(near.map(idOf)) : null;
    if (!known || !this.known) return [];
    return near.filter((row) => row.dataset.kind === "customer" && !known.has(idOf(row)));
  }

  letGo() { this.before = this.missed; this.known = null; }

  // How many messages came since the reader was at the end. `waiting`: how many of them since
  // the end is no longer here.
  count(waiting) {
    const rows = rowsOf(this.feed);
    if (this.position.following || this.lastSeen === null) this.lastSeen = this.position.newer ? "" : idOf(rows[rows.length - 1]);
    if (this.position.following) this.missed = this.before = 0;
    else this.missed = this._after(rows) ?? this.before + waiting;
    return this.missed;
  }

  // Those below the last one that was seen; undefined if that is not here, or not the end.
  _after(rows) {
    if (this.position.newer) return undefined;
    let found = 0;
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      if (idOf(rows[index]) === this.lastSeen) return found;
      if (rows[index].dataset.kind !== "status") found += 1;
    }
    return undefined;
  }

  // Is there something new in sight that the server has not heard was seen? Opening shows
  // what is new; later messages only when they are in sight. A note may name the reader.
  unseen() {
    if (this.position.newer || document.visibilityState !== "visible") return false;
    const rows = rowsOf(this.feed), heard = lastOf(rows, "customer") + lastOf(rows, "note");
    if (!heard || heard === this.told || (this.told && !this.position.following)) return false;
    this.told = heard;
    return true;
  }
}
