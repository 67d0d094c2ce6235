using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;

namespace Pipeline.Api.Features.Imports;

/// <summary>The demo city's register, imported as the centre would import it; once, at the first start.</summary>
public static class DemoRegister
{
    public static async Task Import(Database database, RunImport imports, string file)
    {
        if (!File.Exists(file))
            throw new InvalidOperationException($"Demo:Register names {file}, which does not exist.");
        var id = await database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await session.One<string>("SELECT value FROM settings WHERE name = 'demo-register'") is not null)
                return null;
            var centre = (
                await Callers.Person(
                    session,
                    (await session.One<string>("SELECT id FROM users WHERE username = 'centre'"))!
                )
            )!;
            await using var register = File.OpenRead(file);
            var request = new PostImport.Request(
                Path.GetFileName(file),
                register,
                new Dictionary<string, string>(),
                ImportMode.Rowwise,
                DryRun: false
            );
            var queued = await PostImport.Queue(session, centre, request);
            await session.Execute(
                "INSERT INTO settings (name, value) VALUES ('demo-register', @queued)",
                new { queued }
            );
            return queued;
        });
        if (id is null)
            return;
        try
        {
            await imports.Run(id);
        }
        catch (ClockUnreliableException)
        {
            // It waits like any other import: until the clock is trusted.
        }
    }
}
