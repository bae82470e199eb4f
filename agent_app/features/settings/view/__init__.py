"""The page of settings, of this machine and of one's calendar."""

from agent_app.features.settings.view.feature import SettingsFeature

__all__ = ["SettingsFeature"]
