"""What surrounds a template: a function, a method, a route, a command line, a thread, a coroutine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ggan_data.synthesis.fill import Filling, as_source

Lines = list[str]


@dataclass(frozen=True)
class Framed:
    """A definition with what must stand before it."""

    imports: tuple[str, ...]
    setup: tuple[str, ...]
    code: tuple[str, ...]


Frame = Callable[[Filling, str, Sequence[str], Sequence[str]], Framed]


def helper(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A function with parameters."""
    hint = filling.chance.choice(["", "", ": str"])
    parameters = ", ".join(as_source(each) + hint for each in outside)
    return Framed((), (), (f"def {name}({parameters}):", *_documented(filling, name), *_indented(body)))


def coroutine(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A coroutine with parameters."""
    framed = helper(filling, name, outside, body)
    return Framed((), (), ("async " + framed.code[0], *framed.code[1:]))


def method(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A method of a class that keeps something else."""
    kind = filling.chance.choice(["", "", "@staticmethod", "@classmethod"])
    first = {"": ["self"], "@staticmethod": [], "@classmethod": ["cls"]}[kind]
    parameters = ", ".join([*first, *(as_source(each) for each in outside)])
    setting = filling.meaning("setting").lower()
    return Framed(
        (),
        (),
        (
            f"class {filling.meaning('cls')}:",
            f"    def __init__(self, {setting}={filling.meaning('num')}):",
            f"        self.{setting} = {setting}",
            "",
            *([f"    {kind}"] if kind else []),
            f"    def {name}({parameters}):",
            *_indented(_indented(body)),
        ),
    )


def flask_route(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A view of Flask that reads its values from the request or the path."""
    in_path = filling.chance.random() < 0.3
    reads = [
        "request.args.get('%s', '')",
        "request.form['%s']",
        "request.args['%s']",
        "request.values.get('%s')",
    ]
    read = filling.chance.choice([*reads, "request.get_json()['%s']"])
    path = "".join(f"/<{each}>" for each in outside) if in_path else ""
    parameters = ", ".join(as_source(each) for each in outside) if in_path else ""
    taken = [] if in_path else [f"{as_source(each)} = {read % each}" for each in outside]
    methods = ", methods=['POST']" if "form" in read or "json" in read else ""
    return Framed(
        ("from flask import Flask, request",),
        ("app = Flask(__name__)",),
        (
            f"@app.route('/{name.replace('_', '-')}{path}'{methods})",
            f"def {name}({parameters}):",
            *_indented([*taken, *body]),
        ),
    )


def django_view(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A view of Django that reads its values from the request."""
    read = filling.chance.choice(["request.GET.get('%s', '')", "request.POST['%s']", "request.GET['%s']"])
    taken = [f"{as_source(each)} = {read % each}" for each in outside]
    imports = filling.chance.choice(
        ["from django.shortcuts import render", "from django.http import HttpResponse"]
    )
    return Framed((imports,), (), (f"def {name}(request):", *_indented([*taken, *body])))


def fastapi_route(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A route of FastAPI whose parameters come from the request."""
    parameters = ", ".join(f"{as_source(each)}: str" for each in outside)
    start = filling.chance.choice(["def", "async def"])
    return Framed(
        ("from fastapi import APIRouter",),
        ("router = APIRouter()",),
        (f"@router.get('/{name.replace('_', '-')}')", f"{start} {name}({parameters}):", *_indented(body)),
    )


def command_line(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A program that takes its values from the command line or asks for them."""
    way = filling.chance.choice(["argv", "input", "argparse"])
    taken: Lines = []
    if way == "argparse":
        taken.append("parser = argparse.ArgumentParser()")
        taken += [f"parser.add_argument('--{each}', required=True)" for each in outside]
        taken.append("options = parser.parse_args()")
        taken += [f"{as_source(each)} = options.{each}" for each in outside]
    else:
        reads = [
            f"sys.argv[{index}]" if way == "argv" else f"input('{each}: ')"
            for index, each in enumerate(outside, 1)
        ]
        taken += [f"{as_source(each)} = {read}" for each, read in zip(outside, reads, strict=True)]
    imports = {"argv": ("import sys",), "argparse": ("import argparse",)}.get(way, ())
    return Framed(
        imports,
        (),
        (
            f"def {name}():",
            *_indented([*taken, *body]),
            "",
            "",
            "if __name__ == '__main__':",
            f"    {name}()",
        ),
    )


def worker_thread(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A function that takes its values from a queue, again and again."""
    jobs = filling.chance.choice(["jobs", "queue", "inbox"])
    taken = [f"{as_source(each)} = {jobs}.get()" for each in outside]
    return Framed(
        ("import threading",),
        (),
        (
            f"def {name}({jobs}):",
            "    while True:",
            *_indented(_indented([*taken, *body])),
            "",
            "",
            f"def start_{name}({jobs}):",
            f"    thread = threading.Thread(target={name}, args=({jobs},), daemon=True)",
            "    thread.start()",
            "    return thread",
        ),
    )


def guarded(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
    """A function that logs what goes wrong in it."""
    log = filling.meaning("log")
    parameters = ", ".join(as_source(each) for each in outside)
    return Framed(
        ("import logging",),
        (f"{log} = logging.getLogger(__name__)",),
        (
            f"def {name}({parameters}):",
            "    try:",
            *_indented(_indented(body)),
            "    except OSError as error:",
            f"        {log}.error('{filling.meaning('msg')}: %s', error)",
            "        raise",
        ),
    )


FRAMES: tuple[Frame, ...] = (
    helper,
    helper,
    method,
    method,
    flask_route,
    flask_route,
    django_view,
    fastapi_route,
    command_line,
    worker_thread,
    coroutine,
    guarded,
)


def _indented(lines: Sequence[str]) -> Lines:
    return [f"    {line}" if line else line for line in lines]


def _documented(filling: Filling, name: str) -> Lines:
    if filling.chance.random() < 0.6:
        return []
    return [f'    """{name.replace("_", " ").capitalize()} by {filling.meaning("word")}."""']
