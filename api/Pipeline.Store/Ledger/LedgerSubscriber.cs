using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Financing;
using Pipeline.Store.Events;
using Pipeline.Store.Financing;
using Pipeline.Store.OfficeLeads;

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
            case LandingCorrected corrected:
                ledger.AtCommit(session, corrected.ProjectId, "landing", corrected.EntryId);
                break;
            case CapitalDecided decided when decided.Entry.Period is not null:
                ledger.AtCommit(session, decided.Entry.ProjectId, "capital", decided.Entry.Id);
                break;
            case FixedInvestmentRecorded recorded:
                ledger.AtCommit(session, recorded.ProjectId, "statistics", recorded.ProjectId);
                break;
            case FundInvestmentVerified verified:
                ledger.AtCommit(session, verified.Id, CountedInvestments.Cause);
                break;
            case LibraryEntryKept kept:
                ledger.AtCommit(session, kept.Id, CountedEntries.Cause);
                break;
            case LeadBecameProject became:
                ledger.AtCommit(session, became.ProjectId, "office-lead", became.LeadId);
                break;
            case EventKept kept:
                ledger.AtCommit(session, kept.Id, CountedEvents.Cause);
                break;
            case MatchAdvanced { Match: { At: MatchState.Financed } match }:
                ledger.AtCommit(session, match.ProjectId ?? match.Id, CountedMatches.Cause, match.Id);
                break;
            case ImportWasUndone undone:
                foreach (var projectId in undone.ProjectIds)
                    ledger.AtCommit(session, projectId, KeepLedger.ImportUndone, undone.ImportId);
                break;
            case ProjectsBackfilled added:
                foreach (var project in added.Projects)
                    ledger.AtCommit(session, project.Id, "import", project.ImportId ?? project.Id);
                break;
        }

        return Task.CompletedTask;
    }
}
