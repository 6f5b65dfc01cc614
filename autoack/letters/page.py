"""The page around a letter: tables and inline styles, dark screens, and the organisation's foot.

Nothing in it is fetched from anywhere. Word, by which Outlook for Windows lays mail out, takes the width from the
table in the comment; it knows padding of cells alone, so nothing else has any.
"""

from html import escape

from autoack.core.policy import Organisation

_FONT = "font-family:'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_DARK = (
    ":root{color-scheme:light dark}"
    "@media (prefers-color-scheme:dark){"
    ".aa-page{background-color:#0d1117!important}.aa-card{background-color:#161b22!important;color:#e6edf3!important}"
    ".aa-foot{color:#9aa4af!important;border-color:#30363d!important}.aa-soft{color:#9aa4af!important}"
    ".aa-quote{color:#c3ccd5!important;border-color:#3d444d!important}.aa-line{border-color:#30363d!important}"
    ".aa-link{color:#79b8ff!important}}"
    "@media (max-width:480px){.aa-pad{padding-left:20px!important;padding-right:20px!important}}"
)
# What Word needs, and nobody else reads: pixels that are pixels on dense screens, and a typeface that it knows.
_OUTLOOK = (
    "<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings>"
    "</xml><style>body,table,td,p,li,a,h1,h2,h3{{font-family:Arial,sans-serif!important}}</style><![endif]-->\n"
)
_HEAD = (
    '<!DOCTYPE html>\n<html lang="{language}" xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n'
    '<meta name="supported-color-schemes" content="light dark">\n'
    "<title>{title}</title>\n<style>"
    + _DARK.replace("{", "{{").replace("}", "}}")
    + "</style>\n"
    + _OUTLOOK
    + "</head>\n"
)
_TABLE = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
_BODY = (
    '<body class="aa-page" bgcolor="#f3f4f6" style="margin:0;padding:0;background-color:#f3f4f6;'
    '-webkit-text-size-adjust:100%">\n'
    f'{_TABLE} class="aa-page" width="100%" bgcolor="#f3f4f6" style="background-color:#f3f4f6">'
    '<tr><td align="center" style="padding:20px 8px">\n'
    f'<!--[if mso]>{_TABLE} width="600" align="center"><tr><td><![endif]-->\n'
    f'{_TABLE} class="aa-card" width="100%" bgcolor="#ffffff" style="max-width:600px;background-color:#ffffff;'
    'color:#1f2328;border-radius:8px">\n'
    '<tr><td class="aa-pad" align="left" style="padding:28px 32px 12px 32px;' + _FONT + ";font-size:16px;"
    'line-height:150%;word-wrap:break-word;overflow-wrap:anywhere;word-break:break-word">\n{body}</td></tr>\n'
    '<tr><td class="aa-pad aa-foot" align="left" style="padding:14px 32px 22px 32px;'
    "border-top:1px solid #e5e7eb;"
    + _FONT
    + ';font-size:13px;line-height:150%;color:#57606a">{foot}</td></tr>\n'
    "</table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</body>\n</html>\n"
)


def page(body: str, *, title: str, language: str, foot: str) -> str:
    """A whole HTML document around `body` and `foot`, which are HTML; `title` is text."""
    head = _HEAD.format(language=escape(language), title=escape(title))
    return head + _BODY.format(body=body, foot=foot)


def foot_html(organisation: Organisation) -> str:
    """Who answers, and where they are found."""
    ways = [f"<strong>{escape(organisation.name)}</strong>"]
    if organisation.address:
        ways.append(escape(organisation.address))
    contact = []
    if organisation.phone:
        digits = "".join(c for c in organisation.phone if c.isdigit() or c == "+")
        contact.append(_link(f"tel:{digits}", organisation.phone))
    if organisation.website:
        contact.append(_link(organisation.website, _without_scheme(organisation.website)))
    if contact:
        ways.append(" &middot; ".join(contact))
    return "<br>\n".join(ways)


def foot_text(organisation: Organisation) -> str:
    """The same as text, under the line that marks a signature (RFC 3676 §4.3)."""
    ways = (organisation.name, organisation.address, organisation.phone, organisation.website)
    return "-- \n" + "".join(f"{way}\n" for way in ways if way)


def _link(target: str, words: str) -> str:
    if not target.startswith(("https://", "http://", "tel:")):
        return escape(words)
    return f'<a class="aa-link" href="{escape(target)}" style="color:#1a5fb4">{escape(words)}</a>'


def _without_scheme(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
