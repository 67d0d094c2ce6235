using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Ledger;

/// <summary>Has the ledger follow what changes what counts, in its transaction (R45).</summary>
public sealed class LedgerSubscriber(KeepLedger ledger) : IEventSubscriber
{
    public Task On(Session session, IDomainEvent happened)
    {
        switch (happened)
        {
            case MoveTookEffect taken:
                ledger.AtCommit(session, taken.Move.ProjectId, "move", taken.Move.Id);
                break;
            case FactsChanged changed when changed.CountedBefore:
                ledger.AtCommit(session, changed.ProjectId, "edit", changed.EntryId);
                break;
            case ProjectsBackfilled added:
                foreach (var project in added.Projects)
                    ledger.AtCommit(session, project.Id, "import", project.ImportId ?? project.Id);
                break;
        }

        return Task.CompletedTask;
    }
}
