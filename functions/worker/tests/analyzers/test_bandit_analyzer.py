import logging

import pytest

from sgcode_worker.analyzers.analyzer import Finding, analysis_document
from sgcode_worker.analyzers.registry import load_analyzer
from sgcode_worker.errors import InvalidInputError
from sgcode_worker.source import read_source, split_lines
from tests.bad_inputs import ANALYZABLE, UNANALYZABLE

bandit = load_analyzer("bandit")


def analyze(code: str | bytes) -> list[Finding]:
    source = read_source(code.encode() if isinstance(code, str) else code)
    analysis = bandit.analyze(source)
    assert analysis.reason is None
    lines = split_lines(source.text)
    for finding in analysis.findings:
        span = finding.span
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert span.column <= len(lines[span.line - 1])
        assert span.end_column <= len(lines[span.end_line - 1])
    return list(analysis.findings)


def one(code: str | bytes, rule: str) -> Finding:
    found = [finding for finding in analyze(code) if finding.rule == rule]
    assert len(found) == 1
    return found[0]


def text_of(code: str, finding: Finding) -> str:
    lines = split_lines(code)
    span = finding.span
    if span.line == span.end_line:
        return lines[span.line - 1][span.column : span.end_column]
    return "\n".join(
        [
            lines[span.line - 1][span.column :],
            *lines[span.line : span.end_line - 1],
            lines[span.end_line - 1][: span.end_column],
        ]
    )


@pytest.mark.parametrize("name", UNANALYZABLE)
def test_a_program_that_cannot_be_read_is_unanalyzable(name: str) -> None:
    data, reason = UNANALYZABLE[name]
    source = read_source(data)

    document = analysis_document(bandit, source, bandit.analyze(source))

    assert document["status"] == "unanalyzable"
    assert reason in document["reason"]
    assert document["findings"] == []


@pytest.mark.parametrize("name", ANALYZABLE)
def test_an_ordinary_program_is_clean(name: str) -> None:
    assert analyze(ANALYZABLE[name]) == []


def test_nosec_hides_nothing() -> None:
    hidden = (
        "import subprocess  # nosec\nsubprocess.call(\n    x,\n    shell=True,  # nosec B602\n)  # noqa\n"
    )

    assert [finding.rule for finding in analyze(hidden)] == ["B404", "B602"]


def test_a_check_that_raises_makes_the_program_unanalyzable(monkeypatch: pytest.MonkeyPatch) -> None:
    from bandit.core import context

    def fail(self: object) -> None:
        raise ValueError("secret detail")

    monkeypatch.setattr(context.Context, "call_function_name_qual", property(fail))

    analysis = bandit.analyze(read_source(b"eval(x)\n"))

    assert not analysis.findings
    assert "checks failed" in (analysis.reason or "")
    assert "secret" not in (analysis.reason or "")


def test_a_visitor_that_raises_makes_the_program_unanalyzable(monkeypatch: pytest.MonkeyPatch) -> None:
    from bandit.core import node_visitor

    def fail(self: object, node: object) -> None:
        raise ValueError("secret detail")

    monkeypatch.setattr(node_visitor.BanditNodeVisitor, "visit_Call", fail)

    analysis = bandit.analyze(read_source(b"eval(x)\n"))

    assert analysis.reason == "Bandit could not analyze it: exception while scanning file."


def test_analyses_do_not_see_each_other() -> None:
    unreadable = read_source(b"def f(:\n")

    assert len(analyze("eval(x)\n")) == 1
    assert bandit.analyze(unreadable).reason is not None
    assert analyze("x = 1\n") == []
    assert len(analyze("eval(x)\n")) == 1


def test_too_many_findings_are_no_answer() -> None:
    analysis = bandit.analyze(read_source(b"assert x\n" * 20_001))

    assert not analysis.findings
    assert "more than 20,000 findings" in (analysis.reason or "")


def test_is_silent(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        analyze("x = '\\d'  # nosec\neval(x)\n")

    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def test_columns_count_code_points() -> None:
    code = 'é = "😀"; y = eval(é)\n'

    assert text_of(code, one(code, "B307")) == "eval(é)"


def test_columns_after_a_byte_order_mark_and_in_other_encodings() -> None:
    assert one(b"\xef\xbb\xbfeval(x)\n", "B307").span.column == 0
    assert one(b"# coding: latin-1\n'\xe9'; eval(x)\n", "B307").span.column == 5


def test_the_span_is_the_whole_call() -> None:
    code = "import subprocess\nsubprocess.call(x,\n    shell=True)\n"
    start = one("import subprocess\nsubprocess.call(x, shell=True)\n", "B602")

    assert (start.span.line, start.span.column, start.span.end_column) == (2, 0, 30)
    # Bandit names the line of the argument: then the argument is the place.
    assert text_of(code, one(code, "B602")) == "shell=True"


def test_bidirectional_characters_have_a_place_too() -> None:
    code = "x = 1\n\x0cy = 2\n# \u202e hidden\n"
    finding = one(code, "B613")

    assert (finding.span.line, finding.span.column, finding.span.end_column) == (3, 2, 3)
    assert finding.code == "# \u202e hidden"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("eval(x)\n", ""),
        ("class A:\n    def b(self):\n        return eval(x)\n", "A.b"),
        ("class A:\n    x = eval(y)\n", "A"),
        ("def a():\n    async def b():\n        return eval(x)\n", "a.b"),
        ("def a():\n    class B:\n        def c(self):\n            eval(x)\n", "a.B.c"),
        ("@d(eval(x))\ndef a():\n    pass\n", ""),
        ("def a(b=eval(x)):\n    pass\n", "a"),
        ("x = lambda: eval(y)\n", ""),
        ("if x:\n    def a():\n        eval(x)\n", "a"),
    ],
)
def test_definition(code: str, expected: str) -> None:
    assert one(code, "B307").definition == expected


@pytest.mark.parametrize(
    ("code", "rule", "expected"),
    [
        ("def f():\n    x = eval(\n        y\n    )\n", "B307", "    x = eval(\n        y\n    )"),
        ("if eval(x):\n    # note\n    pass\n", "B307", "if eval(x):"),
        ("if eval(x): pass\n", "B307", "if eval(x): pass"),
        ("for a in (\n    eval(x),\n):\n\n    pass\n", "B307", "for a in (\n    eval(x),\n):"),
        ("match eval(x):\n    case 1:\n        pass\n", "B307", "match eval(x):"),
        ("def f(password='s3cret!'):\n    @d\n    def g(): pass\n", "B107", "def f(password='s3cret!'):"),
        ("try:\n    x()\nexcept Exception:\n    pass\n", "B110", "except Exception:\n    pass"),
        ("with a as b, eval(x):\n    @d\n    class C: pass\n", "B307", "with a as b, eval(x):"),
    ],
)
def test_code_is_the_statement_or_its_header(code: str, rule: str, expected: str) -> None:
    assert one(code, rule).code == expected


def test_code_is_cut() -> None:
    assert len(one(f"x = eval(y) + {'z' * 5000}\n", "B307").code) == 2000
    assert len(one(f"x = eval(\n{'    # note' * 500}\ny)\n", "B307").code) == 2000


def test_a_message_shows_no_place_in_memory() -> None:
    finding = one("import tarfile\nt = tarfile.open(p)\nt.extractall(members=[])\n", "B202")

    assert "ast.List object>" in finding.message


def test_rules_are_bandits_own() -> None:
    rules = {rule.id: rule for rule in bandit.rules()}

    assert bandit.version == "1.9.4"
    assert len(rules) == 75
    assert (rules["B602"].name, rules["B602"].cwe) == ("subprocess_popen_with_shell_equals_true", "CWE-78")
    assert (rules["B301"].name, rules["B301"].cwe) == ("pickle", "CWE-502")
    assert all(rule.cwe for rule in rules.values())


def test_there_is_no_other_analyzer() -> None:
    with pytest.raises(InvalidInputError, match="analyzer must be one of: bandit"):
        load_analyzer("../x")
