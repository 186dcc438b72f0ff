"""The planner: from a mix of care packages to a personal budget that the citizen manages."""
