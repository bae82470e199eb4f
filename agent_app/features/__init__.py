"""What a person sees and does, one folder a feature; features never import each other."""
