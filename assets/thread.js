// What a conversation needs in the browser: rows joined in the reader's zone, a feed that
// stays where the eye is, profile icons that tell the time, pictures that open.
export { Feed } from "./thread/feed.js";
export { Held } from "./thread/held.js";
export { FindBar, FindButton } from "./thread/find.js";
export { Picture } from "./thread/picture.js";
export { Sound } from "./thread/sound.js";
export { joinRows } from "./thread/rows.js";
export { SpeakerIcon } from "./thread/speaker.js";
export { Tick } from "./thread/tick.js";
export { Clock, DayLine } from "./thread/times.js";
