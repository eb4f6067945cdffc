// What a menu shows, drawn inside the page's main landmark instead of beside everything.
import { createElement as h, useEffect, useState } from "react";
import { DropdownMenu } from "@radix-ui/themes";

export function MenuContent(props) {
  const [main, setMain] = useState(null);
  useEffect(() => setMain(document.querySelector("main")), []);
  return h(DropdownMenu.Content, { ...props, container: main });
}
