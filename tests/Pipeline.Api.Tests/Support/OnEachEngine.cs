namespace Pipeline.Api.Tests.Support;

/// <summary>Tests that touch a database: the whole fixture runs once on each engine at hand, each test on an app of its own.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.AtHand))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class OnEachEngine(string engine)
{
    private PipelineApp? app;

    protected string Engine => engine;

    protected PipelineApp App => app ??= new PipelineApp(engine);

    [TearDown]
    public void StopTheApp() => app?.Dispose();
}
