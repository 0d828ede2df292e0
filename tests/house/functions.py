"""Finds functions and how long they are: `functions(kind, text)` yields (name, first line, last line), counted from 1.

C++ is read by its braces and Python by its syntax tree. Shell, JavaScript and CMake are read by their indentation, which their
layout fixes. What lies inside a function (a lambda, a local class) counts as part of it.
"""
import ast
import re

# These may contain braces and quotes that are not code. A preprocessor directive includes its continuation lines.
CPP_SKIPPED = re.compile(
    r"""//[^\n]*(?:\\\n[^\n]*)*
      | /\*.*?\*/
      | ^[ \t]*\#(?:[^\n]*\\\n)*[^\n]*
      | (?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'
      | (?<=[0-9a-fA-F])'(?=[0-9a-fA-F])""",
    re.S | re.M | re.X)
TYPE = re.compile(r"^(?:(?:typedef|extern|static|inline|constexpr)\s+)*(?:class|struct|union|enum)\b")


def blank(text):
    """Turns whatever `CPP_SKIPPED` matches into blanks, so that every line stays where it is."""
    return CPP_SKIPPED.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def without_groups(head, opening, closing):
    """Drops from the head of a declaration whatever stands in these brackets."""
    kept, depth = [], 0
    for c in head:
        depth += c == opening
        if depth == 0:
            kept.append(c)
        depth -= c == closing and depth > 0
    return "".join(kept)


def kind_of(head):
    """Says what a brace after this head opens, outside of functions: space, type, function or value (an initialiser)."""
    plain = re.sub(r"\boperator\s*(\(\s*\)|[^\s\w(]+)", "operator_", head)
    plain = re.sub(r"\[\[.*?\]\]", " ", plain, flags=re.S)
    lambda_at = re.search(r"=\s*\[", plain)
    plain = without_groups(plain, "(", ")") + ("()" if "(" in plain else "")
    plain = re.sub(r"\btemplate\s*<", "<", plain)
    outer = without_groups(plain.replace("->", "  "), "<", ">").strip()
    if re.search(r"\bnamespace\b", outer) or re.match(r'^extern\s*(\(\))?$', outer):
        return "space"
    if TYPE.match(outer):
        return "type"
    if lambda_at:
        return "function"
    if "()" not in outer or "=" in outer.replace("()", ""):
        return "value"
    # A constructor's members may be initialised in braces: Thing(int x) : x_{x}, y_(1) {
    members = re.search(r"\)\s*(?:noexcept\s*)?:(?!:)(.*)$", head, re.S)
    return "value" if members and re.search(r"[\w>]\s*$", members[1]) else "function"


def name_of(head):
    head = re.sub(r"\btemplate\s*<", "<", head)
    found = re.search(r"(operator\s*(?:\(\s*\)|[^\s\w(]+)|[\w:~]+)\s*[(=]", head)
    return found[1] if found else "?"


def cpp_functions(text):
    text = blank(text)
    stack, start, head_at = [], 0, 0
    for found in re.finditer(r"[{};()]", text):
        at, c = found.start(), found[0]
        inside = stack[-1][0] if stack else "space"
        if c == "(" or (c == ")" and inside == "group"):
            stack.append(("group", 0)) if c == "(" else stack.pop()
        elif c == "{":
            nested = any(kind in ("function", "value", "group") for kind, _ in stack)
            head = re.sub(r"^\s*((public|private|protected)\s*:(?!:)\s*)?", "", text[head_at:at])
            kind = "value" if nested else kind_of(head)
            start = at - len(head) if kind == "function" else head_at
            stack.append((kind, start))
            if kind in ("space", "type"):
                head_at = at + 1
        elif c == "}" and stack:
            kind, start = stack.pop()
            if kind == "function":
                yield name_of(text[start:]), text.count("\n", 0, start) + 1, text.count("\n", 0, at) + 1
            if kind != "value" and not any(k == "function" for k, _ in stack):
                head_at = at + 1
        elif c == ";" and inside in ("space", "type"):
            head_at = at + 1


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


INDENTED = {  # how a function begins, how it ends
    "sh": (re.compile(r"^(\s*)(?:function\s+)?([\w.-]+)\s*\(\)\s*[{(]\s*(?:#.*)?$"), re.compile(r"^(\s*)[})]")),
    "js": (re.compile(r"^(\s*)(?!(?:if|for|while|switch|catch|with)\b)(?=.*(?:\bfunction\b|=>|\)\s*\{))"
                      r"\W*(?:(?:const|let|var|async|function|export|default|static|get|set)\s+)*([\w.$]*)"
                      r".*[{(\[]\s*(?://.*)?$"),
           re.compile(r"^(\s*)[})\]]")),
    "cmake": (re.compile(r"^(\s*)(?:function|macro)\s*\(\s*(\w+)", re.I),
              re.compile(r"^(\s*)end(?:function|macro)", re.I)),
}


def indented_functions(text, kind):
    begins, ends = INDENTED[kind]
    lines = text.splitlines()
    for i, line in enumerate(lines):
        if not (begin := begins.match(line)):
            continue
        for j in range(i + 1, len(lines)):
            if (end := ends.match(lines[j])) and end[1] == begin[1]:
                yield begin[2] or "?", i + 1, j + 1
                break


def language(path, text):
    """Returns cpp, py, sh, js or cmake, or None if the file is not a source."""
    suffixes = {".cpp": "cpp", ".hpp": "cpp", ".py": "py", ".sh": "sh", ".js": "js", ".mjs": "js", ".cmake": "cmake"}
    if path.name == "CMakeLists.txt":
        return "cmake"
    if path.suffix:
        return suffixes.get(path.suffix)
    first = text.partition("\n")[0]
    return "sh" if re.match(r"#!.*\b(ba)?sh\b", first) else "py" if re.match(r"#!.*\bpython3?\b", first) else None


def functions(kind, text):
    if kind == "cpp":
        return cpp_functions(text)
    return python_functions(text) if kind == "py" else indented_functions(text, kind)
