"""What leaves a case: one document for the specialist system, and times without anybody in them."""
