"""The domain: candidates for clusters, their measures, rules, scores and comparison. Knows no screen."""
