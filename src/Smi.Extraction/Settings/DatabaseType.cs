namespace Smi.Extraction.Settings;

/// <summary>The database servers that are spoken to.</summary>
public enum DatabaseType
{
    SQLite,
    MySql,
    MariaDB,
    PostgreSql,
    MicrosoftSQLServer,
}
