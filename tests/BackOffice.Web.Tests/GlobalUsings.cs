// NodaTime has a Period too (an amount of calendar time); ours is the one invoices speak of.
global using Period = BackOffice.Core.Common.Period;
