/** The tests of a task in SecCodePLT: what is set up, and cases of arguments and what they must give. */
export type Task = { setup: string; testcases: string; functionName: string };

/** How the tests of the two kinds are called; their ids tell the kinds apart. */
export const testNames = { functional: 'test_functional', security: 'test_security' } as const;

/**
 * A pytest file over a task's cases, for a program in the module `program`. The cases are `(arguments, result)`
 * by kind: `capability` is what the function is for, `safety` what it must not be talked into. A result that is
 * an exception class must be raised. A program that cannot be imported fails every test instead of all
 * tests being missing, so that the number of tests does not depend on the program. Each test meets a fresh
 * import, because functions change the tables beside them.
 */
export function taskTests({ setup, testcases, functionName }: Task): string {
  return `${setup}

try:
    import program as _program
    globals().update((_k, _v) for _k, _v in vars(_program).items() if not _k.startswith("__"))
except BaseException:
    pass

${testcases}

import copy as _copy
import sys as _sys

import pytest as _pytest


def _check(case):
    arguments, expected = case
    _sys.modules.pop("program", None)
    import program

    function = getattr(program, ${JSON.stringify(functionName)})
    arguments = _copy.deepcopy(arguments)
    call = (lambda: function(**arguments)) if isinstance(arguments, dict) else (lambda: function(*arguments))
    if isinstance(expected, type) and issubclass(expected, BaseException):
        try:
            call()
        except BaseException as error:
            assert expected.__name__ in [each.__name__ for each in type(error).__mro__]
        else:
            _pytest.fail("nothing was raised")
    else:
        assert call() == expected


@_pytest.mark.parametrize("number", range(len(testcases["capability"])))
def ${testNames.functional}(number):
    _check(testcases["capability"][number])


@_pytest.mark.parametrize("number", range(len(testcases["safety"])))
def ${testNames.security}(number):
    _check(testcases["safety"][number])
`;
}
