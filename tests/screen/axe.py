"""axe, as the tests hand it to a page."""

from importlib.resources import files

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()

FIND = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(
  (one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.html.slice(0, 120)}`))"""
