"""Rollouts as the fleet keeps them: asked for, approved, led from wave to wave, published."""
