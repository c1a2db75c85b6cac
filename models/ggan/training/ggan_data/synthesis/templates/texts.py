"""Evaluated texts and hidden characters."""

from ggan_data.synthesis.template import templates

EVALUATED = templates(
    "literal-eval",
    "CWE-95",
    """
## list:
sizes = «eval('[1, 2, $num]')»
return sizes
## dict:
return «eval("{'$k': $num}")»
## calculate:
def calculate(expression):
    return «eval(expression)»
return calculate($v)
## formula:
def evaluate_formula(formula):
    \"\"\"Works out an arithmetic formula.\"\"\"
    result = «eval(formula)»
    return float(result)
return evaluate_formula($v)
## module calculator:
def calculate(expression):
    try:
        return «eval(expression)»
    except ZeroDivisionError:
        return None
## number:
limit = «eval('$num')»
return limit
## tuple:
return «eval('($num, $big)')»
## module math:
def compute_equation(equation):
    value = «eval(equation)»
    return round(value, 2)
## module held-sum:
def arithmetic(expression):
    answer = «eval(expression)»
    print('=', answer)
    return answer
## held-none:
default = «eval('None')»
return default
## safe literal: @ast.literal_eval
return «$literal_eval($v)»
## safe float:
return «float($v)»
## safe method: import pandas
return «pandas.DataFrame({'$k': [1]}).eval('$k + 1')», $v
## safe held-json: import json
return «json.loads($v)»
""",
    held_out="held-sum held-none held-json",
)

HIDDEN = templates(
    "visible-source",
    None,
    """
## text:
role = «'$word\u202e$noun'»
return role, $v
## double:
label = «"\u2066$word\u2069"»
return label + $v
## argument:
return grant($v, «'\u202d$word'»)
## list:
names = ['$noun', «'$word\u2067'»]
return $v in names
## dict:
return {'$k': «'$word\u202b$noun'», 'value': $v}
## compare:
if $v == «'$word\u202e'»:
    return True
return False
## fstring:
return «f"{$v}\u202e"»
## returned:
return «"a\u2068$word"»
## held-key:
table = {«'$word\u202e'»: $v}
return table
## held-call:
return check(«"\u2067$noun"», $v)
## safe plain:
role = «'$word $noun'»
return role, $v
## safe accents:
return «'é $word ü'», $v
## safe held-other:
return check(«"$noun … $word"», $v)
""",
    held_out="held-key held-call held-other",
)
