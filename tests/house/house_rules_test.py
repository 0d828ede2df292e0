#!/usr/bin/env python3
"""The house rules find what they are meant to find, and nothing else. The fixtures are made here: house_rules_test.py"""
import sys

sys.dont_write_bytecode = True
import layout
import names
import rooms
from functions import functions

BODY = "  step();\n" * 80

# Every one of these functions is too long and must be found under its name.
CPP = {
    "plain": "int plain(int x) {\n" + BODY + "}\n",
    "Thing::method": "template <class T>\nvoid Thing::method() const noexcept {\n" + BODY + "}\n",
    "trailing": "auto trailing() -> std::vector<int> {\n" + BODY + "}\n",
    "operator()": "struct S {\n  int operator()(int x) const {\n" + BODY + "  }\n};\n",
    "operator==": "bool operator==(const A& a, const A& b) {\n" + BODY + "}\n",
    "Built::Built": "Built::Built(int x) : a_{x}, b_(2), c_{{1, 2}} {\n" + BODY + "}\n",
    "lambda": "const auto lambda = [](int x) {\n" + BODY + "};\n",
    "quotes": 'void quotes() {\n  say("}");\n  say(\'}\');\n  say(R"~x~(}}}")~x~");  // }\n  /* } */ n = 1\'000;\n'
              + BODY + "}\n",
    "defaulted": "void defaulted(int x = 3, std::vector<int> v = {1, 2}) {\n" + BODY + "}\n",
    "inner": "namespace a {\nnamespace {\nclass C {\n public:\n  void inner() { go([] { return 1; }); }\n"
             "  void inner_two() {\n" + BODY + "  }\n};\n}\n}\n",
    "TEST_CASE": 'TEST_CASE("a name: with } and (") {\n' + BODY + "}\n",
}
HARMLESS = {
    "class": "class Long : public Base {\n public:\n" + "  void f() { go(); }\n" * 90 + "};\n",
    "template": "template <class T>\nstruct Long {\n" + "  T x = {1};\n" * 90 + "};\n",
    "namespace": "namespace a::b {\n" + "void f() { go(); }\n" * 90 + "}  // namespace\n",
    "enum": "enum class E {\n" + "  a,\n" * 90 + "};\n",
    "table": "constexpr std::array<Row, 90> rows = {{\n" + "    {1, f(2)},\n" * 90 + "}};\n",
    "braced": "const std::map<int, int> rows{\n" + "    {1, 2},\n" * 90 + "};\n",
    "macro": "#define LONG(x) do { \\\n" + "  x; \\\n" * 90 + "  }\nvoid f() { LONG(1); }\n",
    "after": "void f() {\n  say(\"{{{\");\n}\n" + "int x;\n" * 90 + "void g() {\n}\n",
}
OTHERS = {
    "a.py": ("def short():\n    pass\n\n\nclass C:\n    def long_one(self):\n" + "        step()\n" * 80, ["long_one"]),
    "a.sh": ("short() {\n  step\n}\nlong_one() {\n" + "  step\n" * 80 + "}\n", ["long_one"]),
    "a.js": ("const short = (x) => {\n  step();\n};\nfunction long_one(x) {\n  if (x) {\n" + "    step();\n" * 80
             + "  }\n}\n", ["long_one"]),
    "a.cmake": ("function(short)\nendfunction()\nfunction(long_one name)\n" + "  step()\n" * 80 + "endfunction()\n",
                ["long_one"]),
}


def long_ones(kind, text):
    return [name for name, first, last in functions(kind, text) if last - first + 1 > layout.MOST_FUNCTION_LINES]


def test_functions_are_found():
    for name, text in CPP.items():
        found = long_ones("cpp", text)
        expected = "inner_two" if name == "inner" else name
        assert found == [expected], (name, found)
    for name, text in HARMLESS.items():
        assert long_ones("cpp", text) == [], (name, long_ones("cpp", text))
    # All in one text: no function may spoil the count of the next one.
    whole = "".join(list(CPP.values()) + list(HARMLESS.values()))
    assert len(long_ones("cpp", whole)) == len(CPP), long_ones("cpp", whole)
    lines = whole.splitlines()
    for name, first, last in functions("cpp", whole):
        assert lines[last - 1].lstrip().startswith("}") or first == last, (name, lines[last - 1])
    for name, (text, expected) in OTHERS.items():
        kind = name.split(".")[1]
        assert long_ones(kind, text) == expected, (name, list(functions(kind, text)))


def test_a_reason_lets_a_function_be_long():
    text = CPP["plain"]
    assert len(list(layout.check_sizes("src/core/a.cpp", text))) == 1
    assert list(layout.check_sizes("src/core/a.cpp", "/// What it does.\n// long: one table\n" + text)) == []
    for without in ("// long:\n", "// long: \n", "// longer than most\n", "// long: of another\nint x;\n"):
        assert len(list(layout.check_sizes("src/core/a.cpp", without + text))) == 1, without
    python = OTHERS["a.py"][0].replace("    def long_one", "    # long: one table\n    def long_one")
    assert list(layout.check_sizes("tests/a.py", python)) == []


def test_files_are_short():
    text = "int x;\n" * 401
    assert len(list(layout.check_sizes("src/core/a.cpp", text))) == 1
    assert list(layout.check_sizes("src/core/a.cpp", text[7:])) == []
    assert list(layout.check_sizes("src/core/a.cpp", "// long file: a generated table\n" + text)) == []
    assert len(list(layout.check_sizes("src/core/a.cpp", "// long file:\n" + text))) == 1
    assert len(list(layout.check_sizes("src/core/a.cpp", text + "// long file: too late\n"))) == 1
    assert list(layout.check_sizes("docs/a.md", text)) == []
    for name in ("a.py", "b.sh", "c.js", "d.cmake", "CMakeLists.txt", "e.hpp"):
        assert len(list(layout.check_sizes(name, "\n" * 401))) == 1, name
    assert len(list(layout.check_sizes(".ci/run", "#!/usr/bin/env bash\n" + "\n" * 400))) == 1


def test_headers():
    good = "/// \\file\n/// Money.\n#pragma once\nint x;\n"
    name = "include/sorsweep/core/a.hpp"
    assert list(layout.check_header(name, good)) == []
    assert len(list(layout.check_header(name, good.removeprefix("/// \\file\n")))) == 1
    assert len(list(layout.check_header(name, good.replace("#pragma once\n", "")))) == 1
    assert len(list(layout.check_header(name, good + "using namespace std;\n"))) == 1
    assert list(layout.check_header("src/core/a.cpp", "using namespace std;\n")) == []


def test_blanks_and_strays():
    assert list(layout.check_blanks("src/a.cpp", "int x;\n")) == []
    for wrong in ("int x;", "int x; \n", "\tint x;\n", "int x;\n\n", "int x;\r\n"):
        assert list(layout.check_blanks("src/a.cpp", wrong)), repr(wrong)
    for stray in ("build/a.txt", "runs/x/run.json", "x/results.h5", "tests/a.h5", "a.o", "tests/__pycache__/a", "data.log",
                  "x/units/u-1", "bench/CMakeCache.txt", "src/a.cpp.orig", "src/a.cpp~"):
        assert list(layout.check_stray(stray, 10)), stray
    for kept in ("tests/cases/x/day.h5", "tests/cases/x/expected/report.html", "src/run/make_status.cpp",
                 "cmake/build_info.cmake", "tests/fuzz/corpus/day/a.h5", "scripts/test.sh"):
        assert list(layout.check_stray(kept, 10)) == [], kept
    assert list(layout.check_stray("docs/images/a.png", 2 << 20))


def test_rooms():
    assert list(rooms.check("src/core/a.cpp", '#include "sweep/grid.hpp"\n'))
    assert list(rooms.check("src/sweep/a.cpp", '#include "sorsweep/core/hash.hpp"\n')) == []
    assert list(rooms.check("src/store/day_file.cpp", "#include <hdf5.h>\n"))
    assert list(rooms.check("src/store/h5_reader.cpp", "#include <hdf5_hl.h>\n")) == []


def test_columns():
    def count(name, text):
        return len(list(layout.check_columns(name, text)))

    assert count("src/core/a.cpp", "// " + "a " * 58 + "\n") == 0
    assert count("src/core/a.cpp", "// " + "a " * 59 + "\n") == 1
    assert count("tests/python/a.py", "# " + "a " * 63 + "\n") == 0
    assert count("tests/python/a.py", "# " + "a " * 65 + "\n") == 1
    long = "word " * 30
    assert count("docs/a.md", long + "\n" + long + "\n") == 2
    for fine in ("| " + long, "[text](" + long, "```\n" + long + "\n```", "see https://a.b/" + long, "x" * 200):
        assert count("docs/a.md", fine + "\n") == 0, fine
    assert count("docs/a.md", "```\n" + long + "\n```\n" + long) == 1
    assert count("tests/cases/x/tape.csv", long) == 0


def test_tests_are_found_by_name():
    def wrong(source, text, **others):
        texts = {source: text, **{name.replace("__", "/").replace("_dot_", "."): body for name, body in others.items()}}
        return list(names.check_tests(sorted(texts), texts.get))

    source = "src/store/seal_block.cpp"
    assert len(wrong(source, "int f();\n")) == 1
    assert wrong(source, "int f();\n", tests__store__seal_block_test_dot_cpp="") == []
    assert wrong(source, "int f();\n", tests__store__seal_test_dot_cpp="") == []  # a part of seal
    assert len(wrong(source, "int f();\n", tests__core__seal_test_dot_cpp="")) == 1
    assert wrong("src/app/merge_verb.cpp", "int f();\n", tests__python__merge_test_dot_py="") == []
    assert wrong("src/app/replay_verb.cpp", "int f();\n", tests__cases__replay__run="") == []
    said = "// tested by: tests/store/day_test.cpp (f)\n"
    assert wrong(source, said + "int f();\n", tests__store__day_test_dot_cpp="CHECK(f());") == []
    assert len(wrong(source, said + "int f();\n")) == 1, "the test is not there"
    assert len(wrong(source, said + "int f();\n", tests__store__day_test_dot_cpp="CHECK(g());")) == 1
    assert len(wrong(source, said + "int g();\n", tests__store__day_test_dot_cpp="CHECK(f());")) == 1
    assert len(wrong(source, "int f();\n" + said, tests__store__seal_test_dot_cpp="")) == 1, "not at the top"
    assert wrong("src/store/seal.hpp", "int f();\n") == []


def test_words_of_tests_are_specific():
    source, header = "src/store/seal_block.cpp", "src/store/seal_block.hpp"

    def wrong(test, word, text, header_text=""):
        texts = {source: f"// tested by: {test} ({word})\n{text}", header: header_text, test: f"{word}(1)\n"}
        return list(names.check_tests(sorted(texts), texts.get))

    cpp = "tests/store/day_test.cpp"
    for text in ("int seal(int x) {\n}\n", "void Seal::seal() {\n}\n", "namespace {\nclass seal {\n", "struct seal final {\n",
                 "class Seal {\n  int seal(int x) const {\n"):
        assert wrong(cpp, "seal", text) == [], text
    callee = "int other() {\n  return seal(1);\n}\n"
    lambda_call = "void other() {\n  return seal([](int x) {\n"
    for text in (callee, lambda_call, "// seal() is called.\n", "int other(int seal) {\n}\n", "constexpr int seal = 1;\n"):
        assert len(wrong(cpp, "seal", text)) == 1, text
    assert wrong(cpp, "seal", callee, "class Seal {\n  void seal();\n};\n") == []
    assert len(wrong(cpp, "seal", callee, "/// As seal() does.\nint other();\n")) == 1
    for test in ("tests/python/seals_test.py", "tests/cases/seals/run"):
        assert len(wrong(test, "mem", "int mem;\n")) == 1, test
        assert wrong(test, "is_sealed", "int is_sealed;\n") == [], test


def test_folders_and_headers_are_few():
    many = [f"src/core/a{i}.cpp" for i in range(41)]
    assert len(list(names.check_folders(many))) == 1
    assert list(names.check_folders(many[:40])) == []
    assert list(names.check_folders([f"tests/fuzz/corpus/csv/{i}" for i in range(99)])) == []
    headers = [f"include/sorsweep/core/a{i}.hpp" for i in range(30)]
    assert len(list(names.check_headers(headers))) == 1
    assert list(names.check_headers(headers[:29])) == []


def test_short_files_are_few():
    sources = [f"src/core/a{i}.cpp" for i in range(100)]
    for short, problems in ((8, 0), (9, 1)):
        def text_of(name, short=short):
            return "int x;\n" * (29 if name in sources[:short] else 30)
        assert len(list(names.check_short_files(sources, text_of))) == problems, short
    assert list(names.check_short_files(["docs/a.md", "src/report/html/a.js"], lambda name: "")) == []


def main():
    tests = [test for name, test in sorted(globals().items()) if name.startswith("test_")]
    for test in tests:
        test()
    print(f"{len(tests)} tests of the rules of the house passed")


main()
