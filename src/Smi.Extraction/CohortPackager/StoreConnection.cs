using System.Data;
using System.Data.Common;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortPackager;

/// <summary>The job store's one connection, for one caller at a time; after a fault of the server the next caller gets a new one.</summary>
internal sealed class StoreConnection(DatabaseSettings settings) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Database? _database;

    public async Task<T> UseAsync<T>(Func<Database, Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await work(await OpenAsync(cancellation));
        }
        catch (Exception fault) when (fault is DbException or IOException or InvalidOperationException)
        {
            await DropAsync();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _turn.Dispose();
    }

    private async Task<Database> OpenAsync(CancellationToken cancellation)
    {
        if (_database is { Connection.State: ConnectionState.Open } open)
        {
            return open;
        }

        await DropAsync();
        var database = await Database.OpenAsync(settings, cancellation);
        try
        {
            await JobSchema.PrepareAsync(database, cancellation);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }

        return _database = database;
    }

    private async Task DropAsync()
    {
        if (_database is { } database)
        {
            _database = null;
            await database.DisposeAsync();
        }
    }
}
