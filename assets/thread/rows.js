// The lists that the server sends, joined to one in the reader's zone.
const MINUTE = 60_000;
const TOGETHER = 5 * MINUTE; // consecutive messages of one person within this share an icon
const SPEAKERS = new Set(["customer", "agent", "bot"]);

const read = new WeakMap(); // row as sent → its time and its day here
const dressed = new WeakMap(); // row as sent → the row as last drawn, so that it stays the same object

const timeOf = (row) => {
  let time = read.get(row);
  if (!time) {
    const at = new Date(row.at);
    time = { at: at.getTime(), day: at.toDateString() };
    read.set(row, time);
  }
  return time;
};

const goesOn = (row, above) =>
  SPEAKERS.has(row.kind) && row.kind === above.kind && row.author === above.author
  && timeOf(row).at - timeOf(above).at < TOGETHER;

const dress = (row, marks) => {
  const before = dressed.get(row);
  if (before && Object.keys(marks).every((name) => before[name] === marks[name])) return before;
  const after = { ...row, ...marks };
  dressed.set(row, after);
  return after;
};

// One list out of the three that the server sends, with day lines, groups, ticks and the
// line above what is unread. A row that is drawn as before is the same object as before.
export function joinRows(history, recent, tail, ticks, divider) {
  const sent = [...(history ?? []), ...(recent ?? []), ...(tail ?? [])];
  let above = null, follow = false;
  return sent.map((row, index) => {
    const day = !above || timeOf(row).day !== timeOf(above).day;
    const next = sent[index + 1];
    const follows = follow && !day;
    const divide = divider?.id === row.id ? divider.words : "";
    follow = Boolean(next) && divider?.id !== next.id && goesOn(next, row);
    above = row;
    return dress(row, {
      day, divide, follows, shared: follow && timeOf(next).day === timeOf(row).day,
      delivery: row.delivery, after: row.after, ...ticks?.[row.id],
    });
  });
}
