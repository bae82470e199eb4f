"""The page at /docs: the routes and messages of `openapi.json` as plain HTML that needs no network and no script."""

from html import escape
from typing import Any

from server_sync.texts import _

# The page has one style of its own and nothing else: nothing may be loaded, framed or run.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"

STYLE = """
body { font: 15px/1.6 "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", system-ui, sans-serif;
       max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #1f2430; background: #fff; }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2.4rem }
section { border-top: 1px solid #dfe3ea; padding: .6rem 0 }
code { font-family: ui-monospace, Consolas, monospace; font-size: .92em }
.method { display: inline-block; min-width: 3.4em; font-weight: 600; color: #2563c9 }
td { padding: .1rem 1.2rem .1rem 0; vertical-align: top }
p { margin: .2rem 0; white-space: pre-line }
@media (prefers-color-scheme: dark) {
  body { color: #e4e7ec; background: #16181d } section { border-color: #2e323b } .method { color: #7fb0ff } }
"""


def page(document: dict[str, Any], language: str) -> str:
    """The whole page for an OpenAPI document, in the language of the moment."""
    info = document["info"]
    routes = [
        _route(path, method, about)
        for path, methods in document["paths"].items()
        for method, about in methods.items()
    ]
    schemas = document.get("components", {}).get("schemas", {})
    messages = [_message(name, schema) for name, schema in sorted(schemas.items())]
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(info["title"])}</title>'
        f"<style>{STYLE}</style></head><body>"
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>"
        f"<p>{escape(info.get('description', ''))}</p>"
        f'<p><a href="openapi.json">openapi.json</a></p>'
        f"<h2>{escape(_('Routes'))}</h2>{''.join(routes)}"
        f"<h2>{escape(_('Messages'))}</h2>{''.join(messages)}"
        "</body></html>"
    )


def _route(path: str, method: str, about: dict[str, Any]) -> str:
    lines = [f"<p>{escape(about.get('description') or about.get('summary', ''))}</p>"]
    body = about.get("requestBody", {}).get("content", {})
    if body:
        lines.append(f"<p>{escape(_('Takes'))} {_links(body)}</p>")
    gives = about.get("responses", {}).get("200", {}).get("content", {})
    if gives:
        lines.append(f"<p>{escape(_('Gives'))} {_links(gives)}</p>")
    return (
        f'<section><span class="method">{escape(method.upper())}</span> <code>{escape(path)}</code>'
        f"{''.join(lines)}</section>"
    )


def _links(content: dict[str, Any]) -> str:
    return ", ".join(
        f"{_type_of(body.get('schema', {}))} <code>{escape(media)}</code>" for media, body in content.items()
    )


def _message(name: str, schema: dict[str, Any]) -> str:
    rows = [
        f"<tr><td><code>{escape(field)}</code></td><td>{_type_of(about)}</td></tr>"
        for field, about in schema.get("properties", {}).items()
    ]
    items = "".join(
        f"<tr><td></td><td>{_type_of(about)}</td></tr>" for about in schema.get("prefixItems", ())
    )
    return (
        f'<section id="{escape(name)}"><code>{escape(name)}</code>'
        f"<p>{escape(schema.get('description', ''))}</p><table>{''.join(rows)}{items}</table></section>"
    )


def _type_of(schema: dict[str, Any]) -> str:
    """A schema in a few characters: a link to a message, or the name of a plain type."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " | ".join(_type_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return escape(" | ".join(repr(value) for value in schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_type_of(schema.get('items') or {})}]"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{{{_type_of(schema['additionalProperties'])}}}"
    named = (schema.get("contentEncoding") and "bytes") or schema.get("type", "any")
    return escape(str(named))
