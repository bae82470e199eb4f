"""What happens in the articles' room: one is found, written on and saved; what is not saved yet waits beside it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from agent_app.actions.articles import changed_fields, save_article
from agent_app.actions.session import DeskSession
from agent_app.features.articles.state import ArticlesState, Which
from agent_app.store.queries import articles
from agent_app.store.queries.articles import Kept, Written
from agent_app.store.queries.knowledge import Situation
from agent_app.ui.while_seen import WhileSeen
from server_sync.domain.errors import ErrorKind, KnownError

REQUIRED = ("title", "body")


@dataclass(frozen=True)
class _Unsaved:
    """What was written on an article that stood so before, None for a new one."""

    before: Written | None
    written: Written


class ArticlesPresenter(WhileSeen):
    """What is written stays with its article until it is saved or let be, also while another one is open."""

    tables = ("article", "person")

    def __init__(self, session: DeskSession, render: Callable[[ArticlesState], object]) -> None:
        super().__init__()
        self._session = session
        self._render = render
        self._state = ArticlesState()
        self._kept: Kept | None = None
        self._unsaved: dict[bytes, _Unsaved] = {}

    @property
    def state(self) -> ArticlesState:
        """What is drawn now."""
        return self._state

    def on_searched(self, text: str) -> None:
        """List those that hold these words."""
        self._draw(replace(self._state, text=text))

    def on_which(self, which: Which) -> None:
        """List those in use, the retired ones, or all."""
        self._draw(replace(self._state, which=which))

    def on_chosen(self, article_id: bytes | None) -> None:
        """Open this one."""
        self._open(article_id)

    def on_new(self) -> None:
        """Write a new one."""
        article_id = self._session.new_id()
        self._unsaved[article_id] = _Unsaved(None, Written())
        self._open(article_id)

    def on_written(self, written: Written) -> None:
        """The fields of the open one say this now."""
        article_id, stands = self._state.open_id, self._state.stands
        if article_id is None or written == self._state.written:
            return
        begun = self._unsaved.get(article_id)
        before = begun.before if begun is not None else stands.written if stands is not None else None
        if written == before:
            self._unsaved.pop(article_id, None)
        else:
            self._unsaved[article_id] = _Unsaved(before, written)
        self._draw(replace(self._state, missing=(), saved=False, error=None))

    def on_save(self) -> None:
        """Save what was written on the open one."""
        article_id = self._state.open_id
        unsaved = self._unsaved.get(article_id) if article_id is not None else None
        if article_id is None or unsaved is None:
            return
        text = unsaved.written
        written = replace(text, title=text.title.strip(), body=text.body.strip())
        missing = tuple(name for name in REQUIRED if not vars(written)[name])
        if missing:
            self._draw(replace(self._state, missing=missing))
            return
        self._unsaved[article_id] = replace(unsaved, written=written)
        self._session.act(
            lambda desk: save_article(desk, article_id, unsaved.before, written),
            lambda _: self._saved(article_id),
            self._failed,
        )

    def on_retired(self, retired: bool) -> None:
        """Take the open one out of use with what was written on it, or bring it back."""
        if self._state.written is not None:
            self.on_written(replace(self._state.written, active=not retired))
            self.on_save()

    def on_let_be(self) -> None:
        """Forget what was written on the open one."""
        if self._state.open_id is not None:
            self._unsaved.pop(self._state.open_id, None)
            self._open(self._state.open_id if self._state.stands is not None else None)

    def on_insisted(self) -> None:
        """What was written shall stand, in sight of what somebody else wrote meanwhile."""
        article_id, stands = self._state.open_id, self._state.stands
        if article_id is not None and stands is not None and article_id in self._unsaved:
            self._unsaved[article_id] = replace(self._unsaved[article_id], before=stands.written)
            self.on_save()

    def on_notice_seen(self) -> None:
        """The banner was closed."""
        self._draw(replace(self._state, error=None))

    def _reload(self) -> None:
        self._session.read(articles.load, self._loaded, key="articles")

    def _open(self, article_id: bytes | None) -> None:
        self._draw(replace(self._state, open_id=article_id, missing=(), saved=False, error=None))

    def _loaded(self, kept: Kept) -> None:
        self._kept = kept
        for article_id, unsaved in tuple(self._unsaved.items()):
            if article_id in kept.articles:
                stands = kept.articles[article_id].written
                met = _met(unsaved.before or stands, unsaved.written, stands)
                self._unsaved[article_id] = met
                if met.written == stands:
                    del self._unsaved[article_id]
        self._draw(replace(self._state, loaded=True, articles=kept.articles))

    def _saved(self, article_id: bytes) -> None:
        """What was written stays in the fields until it is read again as it stands then."""
        self._draw(replace(self._state, saved=self._state.open_id == article_id, error=None))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        # Of what somebody else wrote meanwhile its own notice tells, with what can be done about it.
        told = None if error.kind is ErrorKind.ARTICLE_CHANGED else error.kind
        self._draw(replace(self._state, error=told, error_values=error.values))

    def _draw(self, state: ArticlesState) -> None:
        open_id = state.open_id
        unsaved = self._unsaved.get(open_id) if open_id is not None else None
        stands = state.articles.get(open_id) if open_id is not None else None
        if stands is None and unsaved is None:
            open_id = None
        written = unsaved.written if unsaved is not None else stands.written if stands is not None else None
        self._state = replace(
            state,
            found=self._found(state),
            open_id=open_id,
            stands=stands,
            written=written,
            unsaved=frozenset(self._unsaved),
            lost=() if unsaved is None or stands is None else _lost(unsaved, stands.written),
            now=self._session.now(),
        )
        self._render(self._state)

    def _found(self, state: ArticlesState) -> tuple[bytes, ...]:
        if self._kept is None:
            return ()
        kept = self._kept.articles
        if state.text:
            found = [one.id for one in self._kept.shelf.search(state.text, Situation(), len(kept))]
        else:
            found = list(kept)
        wanted = {Which.USED: (True,), Which.RETIRED: (False,), Which.ALL: (True, False)}[state.which]
        return tuple(one for one in found if kept[one].written.active in wanted)


def _met(before: Written, written: Written, stands: Written) -> _Unsaved:
    """What was written, on an article that stands otherwise now: fields that the writer left alone follow it."""
    followed = {
        name: value for name, value in vars(stands).items() if vars(written)[name] == vars(before)[name]
    }
    return _Unsaved(replace(before, **followed), replace(written, **followed))


def _lost(unsaved: _Unsaved, stands: Written) -> tuple[str, ...]:
    """The fields into which somebody else wrote something else meanwhile."""
    if unsaved.before is None:
        return ()
    mine = set(changed_fields(unsaved.before, unsaved.written))
    theirs = set(changed_fields(unsaved.before, stands))
    return tuple(name for name in changed_fields(stands, unsaved.written) if name in mine & theirs)
