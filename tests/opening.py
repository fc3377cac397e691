"""Every exported DMN model, opened in a stock modeller: dmn-js, in a browser without a screen.

    npm install --prefix FOLDER dmn-js
    python tests/opening.py FOLDER/node_modules/dmn-js

Each model is read, its diagram and its table are shown, and it is saved again. What the modeller
remarks on is printed; it leaves with 1 if it remarks on anything. It needs Chromium.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from taxgate.export.dmn import dmn
from taxgate.export.rules import every_table, rule_table

PAGE = """<!doctype html><meta charset="utf-8"><div id="stage"></div><pre id="result"></pre>
<script>MODELLER</script>
<script>
(async () => {
  const remarks = [], shown = {};
  for (const [name, model] of Object.entries(MODELS)) {
    try {
      const modeller = new DmnJS({container: '#stage'});
      const read = await modeller.importXML(model, {open: false});
      remarks.push(...read.warnings.map(warning => name + ': ' + warning.message));
      shown[name] = {};
      for (const view of modeller.getViews()) {
        const opened = await modeller.open(view);
        remarks.push(...opened.warnings.map(warning => name + ': ' + warning.message));
        const what = view.type === 'drd' ? '.djs-shape' : 'tbody tr';
        shown[name][view.type] = document.querySelectorAll('#stage ' + what).length;
      }
      await modeller.saveXML();
      modeller.destroy();
    } catch (error) {
      remarks.push(name + ': ' + error.message);
    }
  }
  document.getElementById('result').textContent = JSON.stringify({remarks, shown});
})();
</script>
"""


def opened(modeller: Path) -> dict[str, object]:
    """Return what the modeller in a folder remarks on, and how much it shows of each model."""
    script = (modeller / "dist" / "dmn-modeler.production.min.js").read_text(encoding="utf-8")
    models = {name: dmn(table).decode("utf-8") for name, table in every_table().items()}
    page = PAGE.replace("MODELS", json.dumps(models).replace("</", "<\\/"))
    page = page.replace("MODELLER", script.replace("</script", "<\\/script"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
        command += ["--virtual-time-budget=300000", path.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    (result,) = re.findall(r'<pre id="result">(.+?)</pre>', done.stdout)
    return json.loads(unescape(result))


def main(arguments) -> int:
    """Open every model and say what was found; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tests/opening.py FOLDER/node_modules/dmn-js\n")
        return 2
    result = opened(Path(arguments[0]))
    remarks = list(result["remarks"])
    for name, table in every_table().items():
        rules = rule_table(table)
        expected = {"drd": 1 + len(rules.inputs), "decisionTable": len(rules.rules)}
        if result["shown"].get(name) != expected:
            remarks.append(f"{name}: shows {result['shown'].get(name)}, expected {expected}")
    sys.stdout.writelines(f"{remark}\n" for remark in remarks)
    sys.stdout.write(f"{len(result['shown'])} models opened, {len(remarks)} remarks\n")
    return int(bool(remarks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
