"""Pictures drawn by code, without a model: illustrated scenes and information cards in any look."""
