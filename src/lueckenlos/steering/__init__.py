"""The planners' wing: the chain, and later measures, network, surveys and reports."""
