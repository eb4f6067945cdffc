// What a channel's limits say of a file, before anything leaves the browser. Pure: of a file
// only its name, type and size are looked at. The server looks into it, and has the last word.

const endingOf = (name) => name.slice(name.lastIndexOf(".")).toLowerCase();

// The row of the limits that a file falls under, by its type or else by its name.
export const rowFor = (file, rows) =>
  rows.find((row) => file.type && row.types.includes(file.type)) ?? rows.find((row) => row.endings.includes(endingOf(file.name)));

// Why a file cannot be sent, empty when it can. ``item``: the item of the menu that it was
// chosen under, if any.
export function problemWith(file, limits, item) {
  const row = rowFor(file, limits.takes.filter((one) => !item || item.kinds.includes(one.kind)));
  if (!row) return item ? item.wrongType : limits.wrongType;
  return file.size > row.bytes ? row.tooLarge : "";
}
