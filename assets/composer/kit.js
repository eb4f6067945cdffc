// What the composer's parts share.
import { createElement as h, useSyncExternalStore } from "react";
import * as desk from "../desk.js";

export const icon = (Icon, size = 18) => h(Icon, { size, strokeWidth: 1.75, "aria-hidden": true });

// The sends on their way, drawn again whenever one comes, goes or changes.
export const useWaiting = () => useSyncExternalStore(desk.watch, desk.waiting, desk.waiting);
