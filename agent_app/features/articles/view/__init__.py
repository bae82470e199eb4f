"""The articles' room: the list (``listing``), the article that is written on (``editing``), joined in ``feature``."""

from agent_app.features.articles.view.feature import ArticlesFeature

__all__ = ["ArticlesFeature"]
