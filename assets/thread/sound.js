// A sound or a voice note, played at the speed that the listener likes.
import { createElement as h, useRef, useState } from "react";

const SPEEDS = [1, 1.5, 2];

export function Sound({ src, label, speedLabel, ...rest }) {
  const player = useRef(null);
  const [speed, setSpeed] = useState(SPEEDS[0]);
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
    player.current.playbackRate = next;
    setSpeed(next);
  };
  return h("span", { ...rest, className: "sound" },
    h("audio", { ref: player, src, controls: true, preload: "metadata", "aria-label": label, onPlay: () => { player.current.playbackRate = speed; } }),
    h("button", { type: "button", className: "sound-speed", "data-testid": "sound-speed", "aria-label": `${speedLabel}: ${speed}×`, title: speedLabel, onClick: faster }, `${speed}×`));
}
