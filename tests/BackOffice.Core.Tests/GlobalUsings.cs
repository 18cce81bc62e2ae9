global using BackOffice.Core.Common;
global using CsCheck;
global using NodaTime;
global using static BackOffice.Core.Tests.Make;

// NodaTime has a Period too; ours is the one invoices speak of.
global using Period = BackOffice.Core.Common.Period;
