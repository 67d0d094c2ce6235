using Pipeline.Api.Tests.Support;

/// <summary>What is left to do when all tests are through. It stands in no namespace, and so is there for those of every one.</summary>
[SetUpFixture]
public sealed class AfterAllTests
{
    [OneTimeTearDown]
    public void DropDatabases() => TestDatabase.DropAll();
}
