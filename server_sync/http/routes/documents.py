"""What the server speaks, for people who write programs: the page at /docs, which needs nothing but this server."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from server_sync.http import docs_page
from server_sync.texts import language_of, speak

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """The page."""
    wishes = [wish.partition(";")[0] for wish in request.headers.get("accept-language", "").split(",")]
    language = language_of(wishes)
    speak(language)
    page = docs_page.page(request.app.openapi(), language.replace("_", "-"))
    return HTMLResponse(
        page, headers={"Content-Security-Policy": docs_page.POLICY, "Vary": "Accept-Language"}
    )
