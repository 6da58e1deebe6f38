"""What the Participatiewet source needs beside its record."""
