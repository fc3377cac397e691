"""Reading features (读取): Gherkin text in Chinese or English becomes scenarios.

The grammar is left to `gherkin-official`, the parser of the Cucumber project: backgrounds, outlines
with examples and tags work as its documentation says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ..errors import MissingExtraError
from ..terms import Language
from ..wording import Text
from .errors import FaultyScenarioError

__all__ = ["Scenario", "read_feature", "read_folder"]

_TRANSLATION: Final = "# en:"
"""Comment before a feature or a scenario with its English name."""

_ENGLISH: Final = ".en.feature"


@frozen
class Scenario:
    """One scenario.

    Attributes:
        feature: Name of its feature.
        name: Its own name.
        tags: Its tags and those of its feature, without the sign.
        path: File it stands in.
        line: Line it starts on, from 1.
        language: Language it is written in.
        steps: Part and sentence of each step.
    """

    feature: Text
    name: Text
    tags: frozenset[str]
    path: Path
    line: int
    language: Language
    steps: tuple[tuple[str, str], ...]


def read_folder(path: Path, *, english: bool = False) -> tuple[Scenario, ...]:
    """Return the scenarios of a file, or of every feature below a folder.

    Args:
        path: File or folder.
        english: Whether to read the English renderings (`*.en.feature`) of a folder in place of
            the features themselves.

    Raises:
        FaultyScenarioError: There is no feature, or one cannot be read.
        MissingExtraError: The extra `scenarios` is not installed.
    """
    if path.is_file():
        return read_feature(path)
    files = [
        file for file in sorted(path.rglob("*.feature")) if file.name.endswith(_ENGLISH) is english
    ]
    found = tuple(scenario for file in files for scenario in read_feature(file))
    if not found:
        raise FaultyScenarioError(Text(f"{path} 中没有场景", f"no scenario in {path}"))
    return found


def read_feature(path: Path) -> tuple[Scenario, ...]:
    """Return the scenarios of one file.

    Raises:
        FaultyScenarioError: The file cannot be read.
        MissingExtraError: The extra `scenarios` is not installed.
    """
    try:
        from gherkin import Compiler, Parser  # noqa: PLC0415 - an optional dependency
        from gherkin.errors import ParserError  # noqa: PLC0415
    except ModuleNotFoundError:
        raise MissingExtraError("scenarios", "reading scenarios") from None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyScenarioError(
            Text(f"{path} 无法读取：{error}", f"{path} cannot be read: {error}")
        ) from None
    try:
        document: Any = Parser().parse(text)
        pickles: Any = Compiler().compile(document | {"uri": str(path)})
    except ParserError as error:
        raise FaultyScenarioError(
            Text(f"{path} 不是有效的场景文件：{error}", f"{path} is no valid feature: {error}")
        ) from None
    return tuple(_scenarios(path, document, pickles))


def _scenarios(path: Path, document: Any, pickles: Any) -> Iterator[Scenario]:  # noqa: ANN401 - JSON
    feature = document.get("feature")
    if feature is None:
        return
    lines = {node["id"]: node["location"]["line"] for node in _nodes(feature)}
    named = sorted([feature["location"]["line"], *lines.values()])
    names: dict[int, str] = {}
    for comment in document["comments"]:
        said = comment["text"].strip()
        line = next((one for one in named if one > comment["location"]["line"]), None)
        if said.startswith(_TRANSLATION) and line is not None:
            names[line] = said.removeprefix(_TRANSLATION).strip()
    heading = _name(feature["name"], names.get(feature["location"]["line"]))
    for pickle in pickles:
        line = lines[pickle["astNodeIds"][0]]
        yield Scenario(
            feature=heading,
            name=_name(pickle["name"], names.get(line)),
            tags=frozenset(tag["name"].removeprefix("@") for tag in pickle["tags"]),
            path=path,
            line=line,
            language=Language.ZH_CN if pickle["language"] == "zh-CN" else Language.EN,
            steps=tuple((step["type"], step["text"]) for step in pickle["steps"]),
        )


def _name(name: str, english: str | None) -> Text:
    return Text(name, english or name)


def _nodes(feature: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """Yield the scenarios of a feature, those of its rules among them."""
    for child in feature["children"]:
        if "scenario" in child:
            yield child["scenario"]
        elif "rule" in child:
            yield from _nodes(child["rule"])
