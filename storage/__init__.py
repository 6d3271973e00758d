"""What is kept: tables, migrations, and one module an aggregate with its queries and rules."""
