namespace Smi.Extraction.Tests.Workflow;

internal static class Watching
{
    public static Task UntilAsync(Func<bool> condition, int seconds = 60) => UntilAsync(() => Task.FromResult(condition()), seconds);

    public static async Task UntilAsync(Func<Task<bool>> condition, int seconds = 60)
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (var attempt = 0; attempt < seconds * 20 && !await condition(); attempt++)
        {
            await Task.Delay(50, cancellation);
        }

        Assert.True(await condition(), "it did not happen in time");
    }
}
