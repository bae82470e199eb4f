"""Filling forms: load, first screen, one answer to the settled state, finalise; the ODK web client's engine beside it.

Both start from the same XForm and take the same steps, one after the other on the same machine. An answer is settled
when every node has its value, relevance, required, read-only and validity; ours has found its pages by then as well.
"""

import gc
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from server_sync.domain.clock import SystemClock
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session, start
from tests.bench.figures import median, percentile
from tests.bench.forms_filled import Step, fill, replay
from tests.bench.forms_made import made_form
from tests.bench.peers.environment import figures_of_reference

QUESTIONS = (50, 500, 2_000)
LOADS = 5
ANSWERS = 400
"""At least so many are measured; the steps of a smaller form are taken several times."""

ZONE = "Asia/Shanghai"
SHOWN = 20
"""Differences between the two engines that are told one by one."""

KEYS = ("load_ms", "first_screen_ms", "settle_p50_ms", "settle_p95_ms", "finalise_ms")
Values = dict[str, str]


def run(_size: int | None, *, peers: bool = False, form: Path | None = None) -> dict[str, Any]:
    """Milliseconds; `reference` has the same keys, `ratios` how many times longer the reference took."""
    if form is not None:
        return {"forms": [_measure(publish(form, form.name).xform_xml, peers)]}
    made = (publish(made_form(questions), f"bench_{questions}.md").xform_xml for questions in QUESTIONS)
    return {"forms": [_measure(xml, peers) for xml in made]}


def table(figures: dict[str, Any]) -> Iterator[str]:
    """The figures for people: a line for each form and engine."""
    yield f"{'questions':>9}  {'':9}" + "".join(f"{key:>17}" for key in KEYS)
    for form in figures["forms"]:
        yield _line(str(form["questions"]), "ours", form)
        if "reference" in form:
            yield _line("", "reference", form["reference"])
            yield _line("", "ratio", form["ratios"])
            yield f"{'':9}  {form['differences']} differences between the two after {form['answers']} answers"


def _line(questions: str, who: str, values: dict[str, Any]) -> str:
    return f"{questions:>9}  {who:9}" + "".join(f"{values[key]:>17}" for key in KEYS)


def _measure(xml: str, peers: bool) -> dict[str, Any]:
    form = read_form(xml)
    now = SystemClock().now()
    steps = list(fill(start(form, now=now, zone=ZoneInfo(ZONE))))
    answers = sum(step.kind != "add" for step in steps)
    rounds = max(1, -(-ANSWERS // max(answers, 1)))
    figures, session = _ours(xml, steps, rounds, now)
    figures = {"questions": len(form.questions), "nodes": len(form.nodes), "answers": answers, **figures}
    if not peers:
        return figures
    found = _theirs(xml, steps, rounds)
    reference = _figures(found["load_ms"], found["first_screen_ms"], found["settle_ms"], found["finalise_ms"])
    ratios = {key: round(reference[key] / max(figures[key], 0.001), 1) for key in KEYS}
    differences = list(_differences(form, session, found))
    for difference in differences[:SHOWN]:
        print(difference, file=sys.stderr)
    return {**figures, "reference": reference, "ratios": ratios, "differences": len(differences)}


def _ours(xml: str, steps: list[Step], rounds: int, now: int) -> tuple[dict[str, float], Session]:
    loads, screens, settled = [], [], []
    session = None
    for _ in range(LOADS):
        del session
        gc.collect()
        begun = time.perf_counter()
        session = start(read_form(xml), now=now, zone=ZoneInfo(ZONE))
        loads.append(_since(begun))
        assert session.page is not None
        screens.append(_since(begun))
    assert session is not None
    for number in range(rounds):
        session = start(session.form, now=now, zone=ZoneInfo(ZONE)) if number else session
        for step in steps:
            begun = time.perf_counter()
            replay(session, step)
            if step.kind != "add":
                settled.append(_since(begun))
    begun = time.perf_counter()
    session.validate()
    session.finalise(now)
    session.instance_xml()
    return _figures(loads, screens, settled, _since(begun)), session


def _theirs(xml: str, steps: list[Step], rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="huifang-bench-forms-") as name:
        form_file, steps_file = Path(name) / "form.xml", Path(name) / "steps.json"
        form_file.write_text(xml, encoding="utf-8")
        steps_file.write_text(json.dumps([asdict(step) for step in steps]), encoding="utf-8")
        return figures_of_reference(form_file, steps_file, LOADS, rounds, ZONE)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1_000


def _figures(
    loads: list[float], screens: list[float], settled: list[float], finalised: float
) -> dict[str, float]:
    values = (median(loads), median(screens), *(percentile(settled, share, 3) for share in (50, 95)))
    return dict(zip(KEYS, (*values, round(finalised, 2)), strict=True))


def _differences(form: FormDefinition, session: Session, found: dict[str, Any]) -> Iterator[str]:
    """What the two engines hold otherwise after the last step; metadata, which each makes for itself, apart."""
    for path, error in found["refused"]:
        yield f"{path}: the reference did not take the answer ({error})"
    skipped = {path for path, bind in form.binds.items() if bind.preload}
    ours, theirs = (dict(_leaves(text)) for text in (session.instance_xml(), found["instance"]))
    for path in ours.keys() | theirs.keys():
        plain = re.sub(r"\[\d+\]", "", path)
        if ours.get(path) != theirs.get(path) and plain not in skipped and "/meta/" not in plain:
            yield f"{path}: {ours.get(path)!r} here, {theirs.get(path)!r} there"
    wrong, violated = (
        {_first(path) for path in paths} for paths in (_problems(session), found["violations"])
    )
    for path in wrong ^ violated:
        yield f"{path}: {'wrong here' if path in wrong else 'wrong there'} only"


def _problems(session: Session) -> list[str]:
    return [problem.path for problem in session.validate()]


def _first(path: str) -> str:
    """A path without the index of first instances, which the two write differently."""
    return path.replace("[1]", "")


def _leaves(instance: str) -> Iterator[tuple[str, str]]:
    """The values of an instance by path, every step with its index."""
    tree = etree.fromstring(instance.encode()).getroottree()
    for element in tree.iter(etree.Element):
        if not len(element):
            path = re.sub(r"(\*|[\w.:-]+)(?=/|$)", r"\1[1]", tree.getelementpath(element))
            yield (
                f"{etree.QName(tree.getroot()).localname}/{re.sub(r'{[^}]*}', '', path)}",
                element.text or "",
            )
