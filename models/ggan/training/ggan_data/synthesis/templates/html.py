"""HTML put together from values, and HTML that is fine."""

from ggan_data.synthesis.template import templates

HTML = templates(
    "escape-html",
    "CWE-79",
    """
## fstring:
return «f"<$tag>{$v}</$tag>"»
--> import html
return f"<$tag>{html.escape($v)}</$tag>"
## greeting:
$html = «f"<html><body><h1>Hello, {$v}!</h1></body></html>"»
return $html
--> import html
$html = f"<html><body><h1>Hello, {html.escape($v)}!</h1></body></html>"
return $html
## format:
return «"<$tag class='$word'>{}</$tag>".format($v)»
--> import html
return "<$tag class='$word'>{}</$tag>".format(html.escape($v))
## percent:
return «"<$tag>%s</$tag>" % $v»
--> import html
return "<$tag>%s</$tag>" % html.escape($v)
## plus:
$html = «"<$tag>" + $v + "</$tag>"»
return $html
--> import html
$html = "<$tag>" + html.escape($v) + "</$tag>"
return $html
## template-constant: TEMPLATE = '<div class="$word"><h2>{title}</h2><p>{body}</p></div>'
return «TEMPLATE.format(title=$v, body=$v2)»
--> import html
return TEMPLATE.format(title=html.escape($v), body=html.escape($v2))
## join:
rows = «"".join(f"<li>{each}</li>" for each in $v.split(','))»
return "<ul>" + rows + "</ul>"
--> import html
rows = "".join(f"<li>{html.escape(each)}</li>" for each in $v.split(','))
return "<ul>" + rows + "</ul>"
## append:
$html = ["<ul>"]
for each in $v.split():
    $html.append(«f"<li>{each}</li>"»)
$html.append("</ul>")
return "".join($html)
--> import html
$html = ["<ul>"]
for each in $v.split():
    $html.append(f"<li>{html.escape(each)}</li>")
$html.append("</ul>")
return "".join($html)
## attribute:
return «f'<a href="/$word?q={$v}" title="{$v2}">$noun</a>'»
--> import html
return f'<a href="/$word?q={html.escape($v)}" title="{html.escape($v2)}">$noun</a>'
## long:
$html = «f'''
<!DOCTYPE html>
<html>
<head><title>{$v}</title></head>
<body><p>$msg</p></body>
</html>
'''»
return $html
--> import html
$html = f'''
<!DOCTYPE html>
<html>
<head><title>{html.escape($v)}</title></head>
<body><p>$msg</p></body>
</html>
'''
return $html
## response: from django.http import HttpResponse
return HttpResponse(«"<h1>$word: %s</h1><p>%s</p>" % ($v, $v2)»)
--> import html
return HttpResponse("<h1>$word: %s</h1><p>%s</p>" % (html.escape($v), html.escape($v2)))
## flask-response: from flask import make_response
answer = make_response(«"<p>" + $v + " was not found</p>"»)
answer.headers['Content-Type'] = 'text/html'
return answer
--> import html
answer = make_response("<p>" + html.escape($v) + " was not found</p>")
answer.headers['Content-Type'] = 'text/html'
return answer
## augmented:
$html = "<table>"
$html += «"<tr><td>" + $v + "</td><td>$num</td></tr>"»
$html += "</table>"
return $html
--> import html
$html = "<table>"
$html += "<tr><td>" + html.escape($v) + "</td><td>$num</td></tr>"
$html += "</table>"
return $html
## replaced: PAGE = "<html><body><h1>NAME</h1></body></html>"
return «PAGE.replace("NAME", $v)»
--> import html
return PAGE.replace("NAME", html.escape($v))
## held-table:
$html = «"<tr><th>{}</th><td>{}</td></tr>".format($v, $v2)»
return "<table>" + $html + "</table>"
--> import html
$html = "<tr><th>{}</th><td>{}</td></tr>".format(html.escape($v), html.escape($v2))
return "<table>" + $html + "</table>"
## held-card:
return «f'<div class="card"><span>{$v}</span><span>{$v2}</span></div>'»
--> import html
return f'<div class="card"><span>{html.escape($v)}</span><span>{html.escape($v2)}</span></div>'
## held-error:
message = «"<$tag>Error: " + $v + "</$tag>"»
return message, 404
--> import html
message = "<$tag>Error: " + html.escape($v) + "</$tag>"
return message, 404
## safe escaped: import html
return «f"<$tag>{html.escape($v)}</$tag>"»
## safe escaped-before: @html.escape
$v = $escape($v)
return «"<$tag>%s</$tag>" % $v»
## safe number:
return «f"<$tag>{int($v)}</$tag>"»
## safe constant:
$html = «"<$tag>" + "$word" + "</$tag>"»
return $html
## safe length:
return «"<p>{} characters</p>".format(len($v))»
## safe rendered: from flask import render_template
return «render_template('$word.html', title=$v)»
## safe plain:
return «f"$word: {$v}"»
## safe markup: from markupsafe import escape
return «"<h1>" + str(escape($v)) + "</h1>"»
## safe allowed: TITLES = {'a': '$word', 'b': '$noun'}
title = TITLES.get($v, '$msg')
return «f"<h1>{title}</h1>"»
## safe held-escaped-format: import html
return «"<tr><td>{}</td></tr>".format(html.escape(str($v)))»
## safe held-count:
$w = len($v.split())
return «f"<em>{$w} words</em>"»
## safe held-bleach: import bleach
return «"<div>" + bleach.clean($v) + "</div>"»
""",
    held_out="held-table held-card held-error held-escaped-format held-count held-bleach",
)

MARKUP = templates(
    "escape-markup",
    "CWE-79",
    """
## fstring: @markupsafe.Markup
return «$Markup(f"<$tag>{$v}</$tag>")»
## percent: @markupsafe.Markup
return «$Markup("<$tag>%s</$tag>" % $v)»
## format: @markupsafe.Markup
$html = «$Markup("<$tag>{}</$tag>".format($v))»
return $html
## plus: from markupsafe import Markup
return «Markup("<b>" + $v + "</b>")»
## django-fstring: from django.utils.safestring import mark_safe
return «mark_safe(f"<$tag>{$v}</$tag>")»
## django-percent: from django.utils.safestring import mark_safe
return «mark_safe("<$tag>%s</$tag>" % $v)»
## flask: from markupsafe import Markup
$html = «Markup(f'<a href="/$word">{$v}</a>')»
return $html
## two: from markupsafe import Markup
$html = «Markup("<$tag>{}</$tag><p>{}</p>".format($v, $v2))»
return $html
## held-cell: from markupsafe import Markup
cell = «Markup("<td>%s</td>" % $v)»
return cell
## held-badge: from django.utils.safestring import mark_safe
return «mark_safe("<span>{}</span>".format($v))»
## safe formatted: from markupsafe import Markup
return «Markup("<$tag>{}</$tag>").format($v)»
## safe constant: from django.utils.safestring import mark_safe
$v = $v.strip()
return «mark_safe("<$tag>$word</$tag>")», $v
## safe helper: from django.utils.html import format_html
return «format_html("<$tag>{}</$tag>", $v)»
## safe held-percent: from markupsafe import Markup
return «Markup("<td>%s</td>") % $v»
""",
    held_out="held-cell held-badge held-percent",
)
