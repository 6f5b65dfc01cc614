"""Fuzzing the path of one mail: bytes → parse → classify → thread → decide → receipt."""
