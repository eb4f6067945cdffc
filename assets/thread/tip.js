// Where a small tooltip stands.

const GAP = 6;
const FOOT = 150; // px at the window's lower edge that are the composer's

// Beside an element, but never outside the window: below it, or above where there is no room.
export const besides = (element, atEnd, height) => {
  const box = element.getBoundingClientRect();
  const above = box.bottom + GAP + height > innerHeight - FOOT;
  return {
    position: "fixed",
    ...(above ? { bottom: innerHeight - box.top + GAP } : { top: box.bottom + GAP }),
    ...(atEnd ? { right: document.documentElement.clientWidth - box.right } : { left: box.left }),
  };
};
