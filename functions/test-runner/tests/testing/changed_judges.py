"""Programs that change pytest, unittest, builtins or the tests themselves, in the process that they share."""

from tests.testing.forged_results import ADD

CHANGED_JUDGES = {
    "change reports": ADD
    + """
import _pytest.reports
real = _pytest.reports.TestReport.from_item_and_call.__func__
def report(cls, item, call):
    call.excinfo = None
    return real(cls, item, call)
_pytest.reports.TestReport.from_item_and_call = classmethod(report)
""",
    "change reports for a moment": """
import _pytest.reports
real = _pytest.reports.TestReport.__dict__["from_item_and_call"]
def report(cls, item, call):
    call.excinfo = None
    _pytest.reports.TestReport.from_item_and_call = real
    return real.__func__(cls, item, call)
def add(a, b):
    if a:
        _pytest.reports.TestReport.from_item_and_call = classmethod(report)
    return 0
""",
    "change calls": ADD
    + """
import _pytest.runner
real = _pytest.runner.CallInfo.from_call.__func__
def call(cls, func, when, reraise=None):
    return real(cls, (lambda: None) if when == "call" else func, when, reraise)
_pytest.runner.CallInfo.from_call = classmethod(call)
""",
    "change the code of a function": ADD
    + """
import _pytest.runner
def quiet(item):
    pass
_pytest.runner.pytest_runtest_call.__code__ = quiet.__code__
""",
    "change raises": ADD
    + """
import contextlib, pytest
pytest.raises = lambda *a, **k: contextlib.suppress(BaseException)
""",
    "change what raises does": """
import pytest
def add(a, b):
    return a - b
pytest.RaisesExc.__exit__ = lambda *a: True
""",
    "replace pytest": ADD
    + """
import sys, types, contextlib
fake = types.ModuleType("pytest")
fake.raises = lambda *a, **k: contextlib.suppress(BaseException)
sys.modules["pytest"] = fake
""",
    "change unittest": ADD
    + """
import unittest
unittest.TestCase.assertEqual = lambda *a, **k: None
""",
    "change unittest for one value": ADD
    + """
import unittest
real = unittest.TestCase.assertEqual
unittest.TestCase.assertEqual = lambda self, a, b: None if b == 3 else real(self, a, b)
""",
    "change raises for one error": ADD
    + """
import contextlib, pytest
real = pytest.raises
pytest.raises = lambda error: contextlib.suppress(error) if error is TypeError else real(error)
""",
    "change how unittest runs": ADD + "import unittest\nunittest.TestCase._callTestMethod = lambda *a: None",
    "change builtins": ADD + "import builtins\nbuiltins.AssertionError = type('Quiet', (Exception,), {})",
    "change type checks": ADD
    + """
import builtins
real = builtins.isinstance
builtins.isinstance = lambda a, b: False if real(a, BaseException) else real(a, b)
""",
    "write settings": ADD
    + """
import os
for name, text in (
    ("conftest.py", "import pytest\\n@pytest.hookimpl(hookwrapper=True)\\n"
                    "def pytest_runtest_makereport(item, call):\\n    call.excinfo = None\\n    yield\\n"),
    ("pytest.ini", "[pytest]\\naddopts = --collect-only\\n"),
    ("sitecustomize.py", "import os\\nos._exit(0)\\n"),
):
    for folder in (os.getcwd(), os.path.dirname(os.getcwd()), "/tmp"):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
os.environ["PYTESTADDOPTS"] = "--collect-only"
os.environ["PYTEST_PLUGINS"] = "conftest"
""",
    "rewrite the tests": ADD + "open('test_program.py', 'w').write('def test_bad(): pass')",
    "add a plugin": ADD
    + """
import gc
import pytest
class Evil:
    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        call.excinfo = None
        result = yield
        result.get_result().outcome = "passed"
for thing in gc.get_objects():
    if isinstance(thing, pytest.PytestPluginManager):
        thing.register(Evil())
""",
    "take plugins away": ADD
    + """
import gc
import pytest
for thing in gc.get_objects():
    if isinstance(thing, pytest.PytestPluginManager):
        for name, plugin in thing.list_name_plugin():
            if name not in "pytestconfig session main runner python unittest capturemanager".split():
                try: thing.unregister(plugin)
                except Exception: pass
""",
    "report by itself": """
import gc
import pytest
def add(a, b):
    if a:
        for thing in gc.get_objects():
            if isinstance(thing, pytest.Function) and "test_program" in thing.nodeid:
                for when in ("setup", "call", "teardown"):
                    fake = pytest.TestReport(thing.nodeid, thing.location, {}, "passed", None, when)
                    thing.ihook.pytest_runtest_logreport(report=fake)
                thing.ihook.pytest_runtest_logfinish(nodeid=thing.nodeid, location=thing.location)
    return 0
""",
    "drop tests": """
import gc
import pytest
def add(a, b):
    for thing in gc.get_objects():
        if isinstance(thing, pytest.Session):
            del thing.items[-30:]
    return 0
""",
    "replace tests": """
import sys
def add(a, b):
    module = sys.modules["test_program"]
    for owner in (module, module.TestMethods, module.TestUnits):
        for name in ("test_bad", "test_raises"):
            if hasattr(owner, name):
                setattr(owner, name, lambda *a: None)
    return 0
""",
    "replace the code of tests": """
import sys
def add(a, b):
    module = sys.modules["test_program"]
    for owner in (module, module.TestMethods, module.TestUnits):
        for name in ("test_bad", "test_raises"):
            if hasattr(owner, name):
                getattr(owner, name).__code__ = (lambda *a: None).__code__
    return 0
""",
    "jump over assertions": """
import sys
def trace(frame, event, argument):
    if event == "line" and "test_program" in frame.f_code.co_filename and frame.f_code.co_name == "test_bad":
        try: frame.f_lineno = frame.f_lineno + 1
        except ValueError: pass
    return trace
def add(a, b):
    sys.settrace(trace)
    sys._getframe(1).f_trace = trace
    return 0
""",
}
