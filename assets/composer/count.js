// How long a text is for a channel: in characters, which are Unicode's code points. A family of
// four counts as the seven of which it is made, an accent of its own as one more; the server
// counts the same.
export const lengthOf = (text) => { let count = 0; for (const _ of text) count += 1; return count; };

// The same of what leaves: white space around a text is not sent.
export const sentLength = (text) => lengthOf(text.trim());
