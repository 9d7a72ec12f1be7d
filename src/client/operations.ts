/** Written by `node scripts/write-client.ts` from the OpenAPI document; not to be changed by hand. */

export type Text = { readonly fr: string; readonly en: string };

export type Quantity = {
  readonly value: number;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly provenance: 'declared' | 'typed' | 'computed' | 'library' | 'period-default' | 'learnt';
  readonly basis: string;
};

export type GetStockAnswer = {
  readonly name: Text;
  readonly data: 'simulated' | 'metered';
  readonly buildings: readonly {
    readonly id: string;
    readonly name: Text;
    readonly use: string;
    readonly commune: string;
    readonly constructionYear: number | null;
    readonly data: 'simulated' | 'metered';
    readonly carrier: string | null;
    readonly floorAreaM2: Quantity | null;
    readonly heatLossWK: Quantity | null;
    readonly annualKwh: Quantity | null;
    readonly intensityKwhM2: Quantity | null;
    readonly savingsPercent: Quantity | null;
    readonly fit: {
      readonly kind: string;
      readonly cvRmse: number;
      readonly r2: number;
      readonly usable: boolean;
    } | null;
  }[];
  readonly totalKwh: Quantity | null;
};

export type GetBuildingsByIdAnswer = {
  readonly id: string;
  readonly name: Text;
  readonly use: string;
  readonly commune: string;
  readonly constructionYear: number | null;
  readonly data: 'simulated' | 'metered';
  readonly carrier: string | null;
  readonly floorAreaM2: Quantity | null;
  readonly heatLossWK: Quantity | null;
  readonly annualKwh: Quantity | null;
  readonly intensityKwhM2: Quantity | null;
  readonly savingsPercent: Quantity | null;
  readonly fit: {
    readonly kind: string;
    readonly cvRmse: number;
    readonly r2: number;
    readonly usable: boolean;
  } | null;
  readonly envelopeSource: string;
  readonly normalisedKwh: Quantity | null;
  readonly worksHeld: readonly { readonly id: string; readonly name: Text }[];
  readonly elements: readonly {
    readonly id: string;
    readonly name: string;
    readonly group: 'walls' | 'roof' | 'floor' | 'windows' | 'doors';
    readonly exposure: 'exterior' | 'ground' | 'unheated' | 'adiabatic';
    readonly exposureConfidence: number;
    readonly areaNetM2: number;
    readonly azimuthDeg: number;
    readonly tiltDeg: number;
    readonly u: Quantity;
    readonly b: number;
    readonly lossWK: number;
  }[];
  readonly losses: readonly {
    readonly group: 'walls' | 'roof' | 'floor' | 'windows' | 'doors' | 'bridges' | 'air';
    readonly prior: Quantity;
    readonly posterior: Quantity | null;
  }[];
  readonly calibration: {
    readonly draws: number;
    readonly effectiveDraws: number;
    readonly method: string;
    readonly usesMeter: boolean;
    readonly bills: number | null;
    readonly figures: readonly {
      readonly id: string;
      readonly name: Text;
      readonly prior: Quantity;
      readonly posterior: Quantity;
    }[];
    readonly identifiability: readonly Text[];
  } | null;
  readonly drift: Text;
  readonly measurements: readonly {
    readonly id: string;
    readonly name: Text;
    readonly widthNowKwh: number;
    readonly widthAfterKwh: number;
    readonly sentence: Text;
  }[];
  readonly dpeLabel?: {
    readonly day: string;
    readonly chances: {
      readonly A?: number;
      readonly B?: number;
      readonly C?: number;
      readonly D?: number;
      readonly E?: number;
      readonly F?: number;
      readonly G?: number;
    };
    readonly primaryKwhM2: Quantity;
    readonly ghgKgM2: Quantity;
    readonly bans: readonly { readonly label: string; readonly from: string; readonly chanceLegal: number }[];
    readonly defaults: readonly Text[];
  };
  readonly meters: readonly {
    readonly id: string;
    readonly carrier: string;
    readonly unit: string;
    readonly timezone: string;
    readonly firstDay: string | null;
    readonly lastDay: string | null;
    readonly readings: number;
  }[];
  readonly works: readonly {
    readonly id: string;
    readonly measures: readonly { readonly id: string; readonly name: Text }[];
    readonly start: string;
    readonly end: string;
    readonly costEur: number | null;
    readonly unmeasured: Text | null;
  }[];
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
};

export type DeleteBuildingsByIdAnswer = {
  readonly deleted: true;
  readonly meters: number;
  readonly readings: number;
  readonly models: number;
  readonly works: number;
};

export type DeleteBuildingsByIdBody = {
  readonly by?: string;
  readonly reason: string;
  readonly withHistory?: boolean;
};

export type GetBuildingsByIdSignatureAnswer = {
  readonly meterId: string;
  readonly points: readonly {
    readonly day: string;
    readonly outdoorC: number;
    readonly energyKwh: number;
    readonly period: 'before' | 'works' | 'after';
  }[];
  readonly bills: readonly {
    readonly from: string;
    readonly to: string;
    readonly energyKwh: number;
    readonly kwhPerDay: number;
    readonly outdoorC: number;
    readonly coldC: number;
    readonly warmC: number;
    readonly estimated: boolean;
    readonly period: 'before' | 'works' | 'after';
  }[];
  readonly curves: readonly {
    readonly period: 'before' | 'after';
    readonly points: readonly {
      readonly outdoorC: number;
      readonly energyKwh: number;
      readonly lowKwh: number;
      readonly highKwh: number;
    }[];
    readonly balancePointC: number;
    readonly slopeKwhKDay: number;
    readonly baseLoadKwhDay: number;
  }[];
  readonly model: {
    readonly kind: string;
    readonly points: 'days' | 'bills';
    readonly n: number;
    readonly p: number;
    readonly cvRmse: number;
    readonly nmbe: number;
    readonly r2: number;
    readonly candidates: readonly {
      readonly kind: string;
      readonly score: number;
      readonly energyJ: number;
      readonly chosen: boolean;
    }[];
  };
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
};

export type GetBuildingsByIdSavingsItem = {
  readonly worksId: string;
  readonly status: 'final' | 'provisional' | 'disqualified';
  readonly baseline: { readonly from: string; readonly to: string };
  readonly reporting: { readonly from: string; readonly to: string };
  readonly counterfactual: Quantity;
  readonly actualKwh: number;
  readonly savings: Quantity;
  readonly savingsPercent: Quantity;
  readonly predictedPercent: Quantity | null;
  readonly realisationRate: Quantity | null;
  readonly gap: Text;
  readonly frozenModel: number | null;
  readonly months: readonly {
    readonly from: string;
    readonly to: string;
    readonly validDays: number;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly cumulated: Quantity | null;
  }[];
  readonly calendarYears: readonly {
    readonly from: string;
    readonly to: string;
    readonly validDays: number;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly cumulated: Quantity | null;
  }[];
  readonly years: readonly {
    readonly from: string;
    readonly to: string;
    readonly validDays: number;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly cumulated: Quantity | null;
  }[];
  readonly sinceWorks: {
    readonly from: string;
    readonly to: string;
    readonly validDays: number;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly cumulated: Quantity | null;
  } | null;
  readonly normalised: {
    readonly beforeKwh: Quantity;
    readonly afterKwh: Quantity;
    readonly savings: Quantity;
  } | null;
  readonly events: readonly number[];
  readonly withoutEvents: { readonly savings: Quantity; readonly savingsPercent: Quantity } | null;
  readonly meterId?: string;
  readonly carrier?: string;
  readonly otherMeters: readonly {
    readonly meterId: string;
    readonly carrier: string;
    readonly counterfactual: Quantity | null;
    readonly actualKwh: number | null;
    readonly savings: Quantity | null;
    readonly reason: Text | null;
  }[];
  readonly allCarriers: {
    readonly carriers: readonly string[];
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity;
    readonly note: Text;
  } | null;
  readonly comparison: {
    readonly group: {
      readonly buildings: readonly { readonly id: string; readonly name: Text }[];
      readonly unnamed: number;
      readonly changePercent: Quantity;
      readonly savings: Quantity;
      readonly savingsPercent: Quantity;
    } | null;
    readonly note: Text;
  } | null;
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
};

export type GetBuildingsByIdMeasuresAnswer = {
  readonly measures: readonly {
    readonly id: string;
    readonly name: Text;
    readonly description: Text;
    readonly version: string;
    readonly applicable: boolean;
    readonly reason: Text | null;
  }[];
  readonly suggested: readonly (readonly string[])[];
  readonly ownCatalogue: readonly string[];
};

export type PostBuildingsByIdComparisonsAnswer = {
  readonly buildingId: string;
  readonly scenarios: readonly {
    readonly id: string;
    readonly name: Text;
    readonly measures: readonly { readonly id: string; readonly name: Text }[];
    readonly beforeKwh: Quantity;
    readonly afterKwh: Quantity;
    readonly savingKwh: Quantity;
    readonly savingPercent: Quantity;
    readonly costEur: Quantity | null;
    readonly annualEur: Quantity | null;
    readonly carbonKgYear: Quantity | null;
    readonly paybackYears: Quantity | null;
    readonly paybackWithin: {
      readonly chance: number;
      readonly withinYears: number;
      readonly openEnded: boolean;
    } | null;
    readonly chanceOf30Percent: number;
    readonly chanceOfBest: {
      readonly energy: number | null;
      readonly netValue: number | null;
      readonly carbon: number | null;
      readonly comfort: number | null;
    };
    readonly dominated: boolean;
    readonly shares: readonly {
      readonly measure: { readonly id: string; readonly name: Text };
      readonly savingKwh: number;
    }[];
    readonly realisationRate: Quantity | null;
    readonly realisationEvidence: Text | null;
    readonly prebound: Quantity;
    readonly electricitySavedKwh: Quantity | null;
    readonly economy: {
      readonly aidEur: Quantity | null;
      readonly investmentEur: Quantity | null;
      readonly maintenanceEurYear: Quantity | null;
      readonly globalCostEur: Quantity | null;
      readonly globalCostBeforeEur: Quantity | null;
      readonly netValueEur: Quantity | null;
      readonly rateOfReturnPercent: Quantity | null;
      readonly discountedPaybackYears: Quantity | null;
      readonly discountedPaybackWithin: {
        readonly chance: number;
        readonly withinYears: number;
        readonly openEnded: boolean;
      } | null;
      readonly eurPerKwhSaved: Quantity | null;
      readonly eurPerTonneSaved: Quantity | null;
      readonly tenantsEurYear: Quantity | null;
      readonly landlordEurYear: Quantity | null;
    };
    readonly carbonByPurpose: readonly { readonly purpose: string; readonly savedKgYear: Quantity | null }[];
    readonly embodiedCarbonKg: Quantity | null;
    readonly carbonPaybackYears: Quantity | null;
    readonly carbonPaybackWithin: {
      readonly chance: number;
      readonly withinYears: number;
      readonly openEnded: boolean;
    } | null;
    readonly byCarrier: readonly {
      readonly carrier: string;
      readonly before: number;
      readonly after: number;
    }[];
    readonly byUse: {
      readonly before: { readonly heating: number; readonly baseLoad: number; readonly auxiliaries: number };
      readonly after: { readonly heating: number; readonly baseLoad: number; readonly auxiliaries: number };
    };
    readonly dpeLabel?: {
      readonly day: string;
      readonly chances: {
        readonly A?: number;
        readonly B?: number;
        readonly C?: number;
        readonly D?: number;
        readonly E?: number;
        readonly F?: number;
        readonly G?: number;
      };
      readonly primaryKwhM2: Quantity;
      readonly ghgKgM2: Quantity;
      readonly bans: readonly {
        readonly label: string;
        readonly from: string;
        readonly chanceLegal: number;
      }[];
      readonly defaults: readonly Text[];
    };
    readonly comfort: {
      readonly overheatingHours: Quantity;
      readonly overheatingDegreeHours: Quantity;
      readonly heatWaveDegreeHours: Quantity;
      readonly heatWaveWarmestC: Quantity;
    } | null;
    readonly tertiary: {
      readonly landings: readonly {
        readonly year: number;
        readonly relativeKwh: number;
        readonly absoluteKwh: number | null;
        readonly targetKwh: number;
        readonly chanceMet: number;
      }[];
      readonly declarationDue: string;
      readonly verified: false;
    } | null;
  }[];
  readonly beforeKwh: Quantity | null;
  readonly usesMeter: boolean;
  readonly doNothing: {
    readonly chanceOfBest: {
      readonly energy: number | null;
      readonly netValue: number | null;
      readonly carbon: number | null;
      readonly comfort: number | null;
    };
  };
  readonly verdict: Text | null;
  readonly money: { readonly sentence: Text; readonly horizonYears: number };
  readonly dpeLabel?: {
    readonly day: string;
    readonly chances: {
      readonly A?: number;
      readonly B?: number;
      readonly C?: number;
      readonly D?: number;
      readonly E?: number;
      readonly F?: number;
      readonly G?: number;
    };
    readonly primaryKwhM2: Quantity;
    readonly ghgKgM2: Quantity;
    readonly bans: readonly { readonly label: string; readonly from: string; readonly chanceLegal: number }[];
    readonly defaults: readonly Text[];
  };
  readonly comfortBefore: {
    readonly overheatingHours: Quantity;
    readonly overheatingDegreeHours: Quantity;
    readonly heatWaveDegreeHours: Quantity;
    readonly heatWaveWarmestC: Quantity;
  } | null;
  readonly tertiaryBefore: {
    readonly landings: readonly {
      readonly year: number;
      readonly relativeKwh: number;
      readonly absoluteKwh: number | null;
      readonly targetKwh: number;
      readonly chanceMet: number;
    }[];
    readonly declarationDue: string;
    readonly verified: false;
  } | null;
  readonly weather: string;
  readonly ownCatalogue: readonly string[];
  readonly place: {
    readonly department: string | null;
    readonly zone: 'H1a' | 'H1b' | 'H1c' | 'H2a' | 'H2b' | 'H2c' | 'H2d' | 'H3';
    readonly ceeZone: 'H1' | 'H2' | 'H3' | null;
  };
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
};

export type PostBuildingsByIdComparisonsBody = {
  readonly options: readonly {
    readonly measures: readonly (
      | string
      | { readonly measure: string; readonly year?: number; readonly elementIds?: readonly string[] }
    )[];
  }[];
  readonly day?: string;
  readonly department?: string;
  readonly ceeZone?: 'H1' | 'H2' | 'H3';
  readonly weather?:
    | { readonly kind: 'typical' }
    | { readonly kind: 'last-years'; readonly years: number }
    | { readonly kind: 'warmer-2050' };
  readonly supplies?: readonly ('gas' | 'electricity' | 'district-heat' | 'oil' | 'wood')[];
  readonly tertiary?: PutBuildingsByIdTertiaryBody;
  readonly summer?: boolean;
  readonly tenancy?: {
    readonly chargesShare: number;
    readonly thirdLine?: { readonly shareOfSaving: number; readonly years: number };
    readonly secondLife?: {
      readonly rentRiseEurM2Year: number;
      readonly propertyTaxEurM2Year: number;
      readonly taxYears: number;
    };
  };
};

export type GetBuildingsByIdScenariosItem = {
  readonly name: string;
  readonly measures: readonly {
    readonly measure: string;
    readonly year: number;
    readonly elementIds?: readonly string[];
  }[];
  readonly branchOf?: number;
  readonly schema: 'stacoptim.scenario/1';
  readonly versions: Readonly<Record<string, string>>;
  readonly id: number;
  readonly buildingId: string;
  readonly createdMs: number;
};

export type PostBuildingsByIdScenariosBody = {
  readonly name: string;
  readonly measures: readonly {
    readonly measure: string;
    readonly year: number;
    readonly elementIds?: readonly string[];
  }[];
  readonly branchOf?: number;
};

export type DeleteBuildingsByIdScenariosByScenarioAnswer = { readonly deleted: true };

export type PostBuildingsByIdScenariosByScenarioComparisonBody = {
  readonly day?: string;
  readonly department?: string;
  readonly ceeZone?: 'H1' | 'H2' | 'H3';
  readonly weather?:
    | { readonly kind: 'typical' }
    | { readonly kind: 'last-years'; readonly years: number }
    | { readonly kind: 'warmer-2050' };
  readonly supplies?: readonly ('gas' | 'electricity' | 'district-heat' | 'oil' | 'wood')[];
  readonly tertiary?: PutBuildingsByIdTertiaryBody;
  readonly summer?: boolean;
  readonly tenancy?: {
    readonly chargesShare: number;
    readonly thirdLine?: { readonly shareOfSaving: number; readonly years: number };
    readonly secondLife?: {
      readonly rentRiseEurM2Year: number;
      readonly propertyTaxEurM2Year: number;
      readonly taxYears: number;
    };
  };
};

export type GetBuildingsByIdReportAnswer = {
  readonly schema: 'stacoptim.audit/1';
  readonly day: string;
  readonly version: string;
  readonly building: GetBuildingsByIdAnswer;
  readonly signature: GetBuildingsByIdSignatureAnswer | null;
  readonly missing: Text | null;
  readonly savings: readonly GetBuildingsByIdSavingsItem[];
  readonly comparison: PostBuildingsByIdComparisonsAnswer | null;
  readonly law: readonly {
    readonly text: 'rental-ban' | 'tertiary-decree';
    readonly evaluated: boolean;
    readonly sentence: Text;
  }[];
  readonly recommended: { readonly option: string | null; readonly sentence: Text } | null;
  readonly assumptions: readonly Text[];
  readonly unverified: readonly Text[];
  readonly reserves: readonly Text[];
  readonly uncertainty: readonly Text[];
};

export type GetRankingAnswer = {
  readonly by:
    | 'saving'
    | 'saving-per-euro'
    | 'carbon'
    | 'net-value'
    | 'legal-urgency'
    | 'fuel-poverty'
    | 'fuel-poverty-score';
  readonly ownCatalogue: readonly string[];
  readonly top: number;
  readonly draws: number;
  readonly ranks: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly place: number;
    readonly value: Quantity;
    readonly chanceInTop: number;
    readonly measures: readonly { readonly id: string; readonly name: Text }[];
    readonly sentence?: Text;
  }[];
  readonly notEvaluated: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly reason: Text;
  }[];
};

export type GetProgrammesLatestAnswer = {
  readonly id: string;
  readonly budgetEur: number;
  readonly byYear?: readonly {
    readonly year: number;
    readonly budgetEur: number;
    readonly costEur: number;
    readonly buildings: number;
    readonly unspent?: Text | null;
    readonly savingKwh: Quantity;
  }[];
  readonly ownCatalogue?: readonly string[];
  readonly firstYear: number;
  readonly years: number;
  readonly costEur: number;
  readonly savingKwh: Quantity;
  readonly savingPercent: Quantity;
  readonly netValueEur?: number | null;
  readonly chosen: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly year: number;
    readonly measures: readonly { readonly id: string; readonly name: Text }[];
    readonly costEur: number;
    readonly savingKwh: Quantity;
    readonly netValueEur?: number | null;
    readonly reason?: Text;
    readonly exitCostEur?: number | null;
  }[];
  readonly withoutMeter?: number;
  readonly chanceOf30Percent: number;
  readonly target: {
    readonly savingKwh: number;
    readonly chance: number;
    readonly bestChance: number;
    readonly bestExpectedKwh: number;
  } | null;
  readonly notChosen: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly reason: Text;
    readonly entryCostEur: number | null;
    readonly measures?: readonly { readonly id: string; readonly name: Text }[];
  }[];
  readonly late: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly reason: Text;
    readonly entryCostEur: number | null;
    readonly measures?: readonly { readonly id: string; readonly name: Text }[];
  }[];
  readonly gapPercent: number;
  readonly request?: PostProgrammesBody;
  readonly robustness?: {
    readonly draws: number;
    readonly expectedKwh: number;
    readonly surelyKwh: number;
    readonly worstMeanKwh: number;
    readonly targets: readonly {
      readonly kind: 'least-saving' | 'target-saving' | 'thirty-percent';
      readonly savingKwh: number;
      readonly chance: number;
    }[];
    readonly sentence: Text;
  };
  readonly shadowPrices?: readonly {
    readonly constraint: string;
    readonly name: Text;
    readonly price: number;
    readonly unit: string;
  }[];
  readonly law?: {
    readonly mode: 'hard' | 'priced' | 'told';
    readonly price: number | null;
    readonly bindsAbove: number;
    readonly rule: Text;
    readonly buildings: readonly {
      readonly buildingId: string;
      readonly name: Text;
      readonly law: 'rental-ban' | 'tertiary-decree';
      readonly step: string;
      readonly from: string;
      readonly chanceOutside: number;
      readonly deadlineYear: number;
      readonly dwellings: number;
      readonly possible: boolean;
      readonly keptIn: number | null;
      readonly standing: 'in-time' | 'late' | 'never' | 'after-programme';
      readonly sentence: Text;
    }[];
    readonly dwellingsInTime: number;
    readonly dwellingsLate: number;
    readonly expectedOutsideBefore: number;
    readonly expectedOutsideAfter: number;
    readonly notEvaluated: readonly {
      readonly buildingId: string;
      readonly name: Text;
      readonly reason: Text;
    }[];
  };
  readonly rates: readonly {
    readonly measure: string;
    readonly family: string;
    readonly mean: number;
    readonly cases: number;
  }[];
  readonly defaults: readonly {
    readonly figure: string;
    readonly period: string;
    readonly mean: number;
    readonly cases: number;
  }[];
  readonly stale: Text | null;
};

export type PostProgrammesBody = {
  readonly budgetEur: number;
  readonly currency?: 'EUR';
  readonly budgetsEur?: readonly number[];
  readonly years?: number;
  readonly firstYear?: number;
  readonly carryOver?: boolean;
  readonly objective?: 'energy' | 'carbon' | 'net-value' | 'legal-risk';
  readonly legalDates?: 'hard' | number;
  readonly legalChance?: number;
  readonly dwellingsAYear?: number;
  readonly minimumSavingKwh?: number;
  readonly minimumSavingShare?: number;
  readonly minimumCarbonKg?: number;
  readonly sitesAYear?: number;
  readonly fairness?: readonly { readonly group: string; readonly minimumShare: number }[];
  readonly together?: readonly (readonly string[])[];
  readonly after?: readonly { readonly building: string; readonly waitsFor: string }[];
  readonly targetSavingKwh?: number;
};

export type GetProgrammesItem = {
  readonly id: string;
  readonly at: string;
  readonly budgetEur: number;
  readonly costEur: number;
  readonly savingKwh: Quantity;
  readonly buildings: number;
  readonly withoutMeter?: number;
  readonly stale: Text | null;
  readonly accepted: { readonly by: string; readonly at: string } | null;
};

export type PostProgrammesFrontAnswer = {
  readonly against: 'energy' | 'carbon';
  readonly unit: string;
  readonly points: readonly {
    readonly costEur: number;
    readonly value: number;
    readonly savingKwh: Quantity;
    readonly gapPercent: number;
    readonly chosen: readonly {
      readonly buildingId: string;
      readonly name: Text;
      readonly packageId: string;
      readonly year: number;
    }[];
  }[];
};

export type PostProgrammesFrontBody = {
  readonly budgetEur: number;
  readonly currency?: 'EUR';
  readonly budgetsEur?: readonly number[];
  readonly years?: number;
  readonly firstYear?: number;
  readonly carryOver?: boolean;
  readonly legalDates?: 'hard' | number;
  readonly legalChance?: number;
  readonly dwellingsAYear?: number;
  readonly minimumSavingKwh?: number;
  readonly minimumSavingShare?: number;
  readonly minimumCarbonKg?: number;
  readonly sitesAYear?: number;
  readonly fairness?: readonly { readonly group: string; readonly minimumShare: number }[];
  readonly together?: readonly (readonly string[])[];
  readonly after?: readonly { readonly building: string; readonly waitsFor: string }[];
  readonly against?: 'energy' | 'carbon';
  readonly points?: number;
};

export type PostProgrammesByIdFrontAnswer = {
  readonly against: 'energy' | 'carbon';
  readonly unit: string;
  readonly points: readonly {
    readonly costEur: number;
    readonly value: number;
    readonly savingKwh: Quantity;
    readonly gapPercent: number;
    readonly chosen: readonly {
      readonly buildingId: string;
      readonly name: Text;
      readonly packageId: string;
      readonly year: number;
    }[];
  }[];
  readonly times: number;
  readonly at: string;
  readonly sentence: Text;
};

export type PostProgrammesByIdFrontBody = {
  readonly against?: 'energy' | 'carbon';
  readonly points?: number;
  readonly times?: number;
};

export type GetProgrammesByIdChangesAnswer = {
  readonly from: string;
  readonly to: string;
  readonly costEur: number;
  readonly savingKwh: number;
  readonly summary: readonly Text[];
  readonly changes: readonly {
    readonly buildingId: string;
    readonly kind: 'enters' | 'leaves' | 'sooner' | 'later' | 'other-works' | 'other-cost';
    readonly message: Text;
  }[];
};

export type PostProgrammesByIdAcceptanceBody = { readonly by?: string; readonly reason: string };

export type GetLedgerAnswer = {
  readonly totalJ: Quantity;
  readonly carbonG: Quantity;
  readonly byWork: readonly {
    readonly work: string;
    readonly runs: number;
    readonly cpuMs: number;
    readonly energyJ: number;
  }[];
};

export type GetCallerAnswer = {
  readonly name: string;
  readonly role: string;
  readonly permissions: readonly string[];
  readonly named: boolean;
};

export type GetBuildingsItem = {
  readonly id: string;
  readonly name: Text;
  readonly use: string;
  readonly commune: string | null;
  readonly department: string | null;
  readonly constructionYear: number | null;
  readonly data: 'simulated' | 'metered';
  readonly identifiers: {
    readonly own: readonly string[];
    readonly rnb: readonly string[];
    readonly bdnb: readonly string[];
    readonly cadastre: readonly string[];
  };
  readonly floorAreaM2: Quantity | null;
  readonly heatLossWK: Quantity | null;
  readonly place: { readonly latitudeDeg: number; readonly longitudeDeg: number } | null;
  readonly carrier: string | null;
  readonly annualKwh: Quantity | null;
  readonly annualEur: Quantity | null;
  readonly annualKgCo2e: Quantity | null;
  readonly intensityKwhM2: Quantity | null;
  readonly label: { readonly likeliest: string; readonly chances: Readonly<Record<string, number>> } | null;
  readonly legalUntil: string | null;
  readonly urgency: 'outside' | 'soon' | 'later' | 'none' | 'unknown';
  readonly dataCoverage: { readonly share: number; readonly lastDay: string } | null;
  readonly legal: Text | null;
  readonly computedDay: string | null;
};

export type PostBuildingsAnswer = {
  readonly created: number;
  readonly exists: number;
  readonly refused: number;
  readonly results: readonly {
    readonly index: number;
    readonly status: 'created' | 'exists' | 'refused';
    readonly id: string | null;
    readonly error: { readonly code: string; readonly message: Text; readonly field: string | null } | null;
  }[];
};

export type PostBuildingsBody = {
  readonly buildings: readonly {
    readonly id?: string;
    readonly name: string;
    readonly use: 'housing' | 'school' | 'sports' | 'museum' | 'office' | 'community' | 'pool' | 'other';
    readonly constructionYear?: number;
    readonly heating?:
      | 'boiler-old'
      | 'boiler-condensing'
      | 'electric-direct'
      | 'heat-pump-air'
      | 'heat-pump-ground'
      | 'district-heat'
      | 'wood-boiler';
    readonly carrier?: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood';
    readonly efficiency?: number;
    readonly setPointC?: number;
    readonly site?: {
      readonly latitudeDeg: number;
      readonly longitudeDeg: number;
      readonly altitudeM?: number;
    };
    readonly department?: string;
    readonly heatedShare?: number;
    readonly internalGainsW?: number;
    readonly dwellings?: number;
    readonly occupants?: number;
    readonly hotWaterOnHeatingMeter?: boolean;
    readonly inertia?: 'very-light' | 'light' | 'medium' | 'heavy' | 'very-heavy';
    readonly floorAreaM2?: number;
    readonly storeys?: number;
    readonly footprintM2?: number;
    readonly storeyHeightM?: number;
    readonly typology?: 'apartment-block' | 'multi-family' | 'single-family';
    readonly period?: string;
    readonly works?: readonly {
      readonly element: 'walls' | 'roof' | 'floor' | 'windows';
      readonly year: number;
    }[];
    readonly climateZone?: 'H1' | 'H2' | 'H3';
    readonly commune?: string;
    readonly identifiers?: {
      readonly own?: readonly string[];
      readonly rnb?: readonly string[];
      readonly bdnb?: readonly string[];
      readonly cadastre?: readonly string[];
    };
  }[];
  readonly reason?: string;
};

export type GetBuildingsByIdIdentityAnswer = {
  readonly id: string;
  readonly name: Text;
  readonly use: string;
  readonly commune: string | null;
  readonly department: string | null;
  readonly constructionYear: number | null;
  readonly data: 'simulated' | 'metered';
  readonly identifiers: {
    readonly own: readonly string[];
    readonly rnb: readonly string[];
    readonly bdnb: readonly string[];
    readonly cadastre: readonly string[];
  };
  readonly floorAreaM2: Quantity | null;
  readonly heatLossWK: Quantity | null;
};

export type PatchBuildingsByIdIdentityBody = {
  readonly name?: string;
  readonly commune?: string | null;
  readonly department?: string | null;
  readonly constructionYear?: number | null;
  readonly identifiers?: {
    readonly own?: readonly string[];
    readonly rnb?: readonly string[];
    readonly bdnb?: readonly string[];
    readonly cadastre?: readonly string[];
  };
  readonly reason?: string;
};

export type PostOnboardingAnswer = {
  readonly id: string;
  readonly fileName: string;
  readonly state: 'reading' | 'ready' | 'failed';
  readonly elapsedS: number;
  readonly deadlineS: number;
  readonly error: { readonly code: string; readonly message: Text } | null;
  readonly kind: 'ifc' | 'form' | 'dpe' | 'sheet' | null;
  readonly suggestedId: string;
  readonly preflight: GetBuildingsByIdPreflightAnswer | null;
  readonly sheet: {
    readonly columns: readonly { readonly column: string; readonly field: string }[];
    readonly ignored: readonly string[];
    readonly buildings: readonly {
      readonly line: number;
      readonly id: string;
      readonly name: string;
      readonly floorAreaM2: Quantity;
      readonly heatLossWK: Quantity;
      readonly taken: boolean;
    }[];
    readonly refused: readonly { readonly line: number; readonly code: string; readonly message: Text }[];
  } | null;
};

export type DeleteOnboardingByIdAnswer = { readonly cancelled: boolean };

export type PutOnboardingByIdAnswersBody = {
  readonly elements?: Readonly<
    Record<
      string,
      {
        readonly uWm2K?: number;
        readonly solarFactor?: number;
        readonly exposure?: 'exterior' | 'ground' | 'unheated' | 'adiabatic' | 'internal';
      }
    >
  >;
  readonly uByKind?: {
    readonly wall?: number;
    readonly roof?: number;
    readonly floor?: number;
    readonly window?: number;
    readonly door?: number;
    readonly 'curtain-wall'?: number;
  };
  readonly uByGroup?: Readonly<Record<string, number>>;
  readonly northTurnDeg?: number;
  readonly period?: string;
  readonly airChangePerH?: number;
  readonly insulationPosition?: 'none' | 'inner' | 'outer' | 'distributed';
  readonly schema?: 'stacoptim.answers/1';
  readonly building?: {
    readonly name?: string;
    readonly use?: 'housing' | 'school' | 'sports' | 'museum' | 'office' | 'community' | 'pool' | 'other';
    readonly constructionYear?: number;
    readonly heating?:
      | 'boiler-old'
      | 'boiler-condensing'
      | 'electric-direct'
      | 'heat-pump-air'
      | 'heat-pump-ground'
      | 'district-heat'
      | 'wood-boiler';
    readonly carrier?: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood';
    readonly efficiency?: number;
    readonly setPointC?: number;
    readonly site?: {
      readonly latitudeDeg: number;
      readonly longitudeDeg: number;
      readonly altitudeM?: number;
    };
    readonly department?: string;
    readonly heatedShare?: number;
    readonly internalGainsW?: number;
    readonly dwellings?: number;
    readonly occupants?: number;
    readonly hotWaterOnHeatingMeter?: boolean;
    readonly inertia?: 'very-light' | 'light' | 'medium' | 'heavy' | 'very-heavy';
  };
  readonly spaces?: Readonly<Record<string, 'heated' | 'unheated' | 'ignored'>>;
  readonly form?: {
    readonly floorAreaM2?: number;
    readonly storeys?: number;
    readonly footprintM2?: number;
    readonly storeyHeightM?: number;
    readonly typology?: 'apartment-block' | 'multi-family' | 'single-family';
    readonly works?: readonly {
      readonly element: 'walls' | 'roof' | 'floor' | 'windows';
      readonly year: number;
    }[];
    readonly climateZone?: 'H1' | 'H2' | 'H3';
  };
};

export type PostOnboardingByIdConfirmAnswer = {
  readonly buildings: readonly string[];
  readonly skipped: readonly string[];
};

export type PostOnboardingByIdConfirmBody = {
  readonly id?: string;
  readonly name?: string;
  readonly by?: string;
  readonly reason?: string;
};

export type GetBuildingsByIdPreflightAnswer = {
  readonly heatLossWK: Quantity;
  readonly floorAreaM2: Quantity;
  readonly losses: readonly {
    readonly group: 'walls' | 'roof' | 'floor' | 'windows' | 'doors' | 'bridges' | 'air';
    readonly h: Quantity;
  }[];
  readonly closed: boolean;
  readonly name: string;
  readonly found: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
  readonly assumed: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
  readonly contradictory: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
  readonly missing: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
  readonly questions: readonly {
    readonly code: string;
    readonly message: Text;
    readonly help: Text;
    readonly field:
      | {
          readonly kind: 'number';
          readonly path: readonly string[];
          readonly unit: string;
          readonly min: number;
          readonly max: number;
        }
      | {
          readonly kind: 'choice';
          readonly path: readonly string[];
          readonly choices: readonly { readonly value: string; readonly label: Text }[];
        }
      | { readonly kind: 'period'; readonly path: readonly string[] };
    readonly current: Quantity | null;
    readonly narrowsShare: number | null;
  }[];
  readonly answers: {
    readonly elements?: Readonly<
      Record<
        string,
        {
          readonly uWm2K?: number;
          readonly solarFactor?: number;
          readonly exposure?: 'exterior' | 'ground' | 'unheated' | 'adiabatic' | 'internal';
        }
      >
    >;
    readonly uByKind?: {
      readonly wall?: number;
      readonly roof?: number;
      readonly floor?: number;
      readonly window?: number;
      readonly door?: number;
      readonly 'curtain-wall'?: number;
    };
    readonly uByGroup?: Readonly<Record<string, number>>;
    readonly northTurnDeg?: number;
    readonly period?: string;
    readonly airChangePerH?: number;
    readonly insulationPosition?: 'none' | 'inner' | 'outer' | 'distributed';
    readonly schema?: 'stacoptim.answers/1';
    readonly building?: {
      readonly name?: string;
      readonly use?: 'housing' | 'school' | 'sports' | 'museum' | 'office' | 'community' | 'pool' | 'other';
      readonly constructionYear?: number;
      readonly heating?:
        | 'boiler-old'
        | 'boiler-condensing'
        | 'electric-direct'
        | 'heat-pump-air'
        | 'heat-pump-ground'
        | 'district-heat'
        | 'wood-boiler';
      readonly carrier?: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood';
      readonly efficiency?: number;
      readonly setPointC?: number;
      readonly site?: {
        readonly latitudeDeg: number;
        readonly longitudeDeg: number;
        readonly altitudeM?: number;
      };
      readonly department?: string;
      readonly heatedShare?: number;
      readonly internalGainsW?: number;
      readonly dwellings?: number;
      readonly occupants?: number;
      readonly hotWaterOnHeatingMeter?: boolean;
      readonly inertia?: 'very-light' | 'light' | 'medium' | 'heavy' | 'very-heavy';
    };
    readonly spaces?: Readonly<Record<string, 'heated' | 'unheated' | 'ignored'>>;
    readonly form?: {
      readonly floorAreaM2?: number;
      readonly storeys?: number;
      readonly footprintM2?: number;
      readonly storeyHeightM?: number;
      readonly typology?: 'apartment-block' | 'multi-family' | 'single-family';
      readonly works?: readonly {
        readonly element: 'walls' | 'roof' | 'floor' | 'windows';
        readonly year: number;
      }[];
      readonly climateZone?: 'H1' | 'H2' | 'H3';
    };
  };
  readonly spaces: readonly { readonly id: string; readonly name: string }[];
};

export type PutBuildingsByIdAnswersBody = {
  readonly answers: PutOnboardingByIdAnswersBody;
  readonly by?: string;
  readonly reason?: string;
};

export type PostBuildingsByIdCertificateAnswer = {
  readonly number: string;
  readonly day: string | null;
  readonly said: readonly Text[];
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
  readonly answers: {
    readonly elements?: Readonly<
      Record<
        string,
        {
          readonly uWm2K?: number;
          readonly solarFactor?: number;
          readonly exposure?: 'exterior' | 'ground' | 'unheated' | 'adiabatic' | 'internal';
        }
      >
    >;
    readonly uByKind?: {
      readonly wall?: number;
      readonly roof?: number;
      readonly floor?: number;
      readonly window?: number;
      readonly door?: number;
      readonly 'curtain-wall'?: number;
    };
    readonly uByGroup?: Readonly<Record<string, number>>;
    readonly northTurnDeg?: number;
    readonly period?: string;
    readonly airChangePerH?: number;
    readonly insulationPosition?: 'none' | 'inner' | 'outer' | 'distributed';
    readonly schema?: 'stacoptim.answers/1';
    readonly building?: {
      readonly name?: string;
      readonly use?: 'housing' | 'school' | 'sports' | 'museum' | 'office' | 'community' | 'pool' | 'other';
      readonly constructionYear?: number;
      readonly heating?:
        | 'boiler-old'
        | 'boiler-condensing'
        | 'electric-direct'
        | 'heat-pump-air'
        | 'heat-pump-ground'
        | 'district-heat'
        | 'wood-boiler';
      readonly carrier?: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood';
      readonly efficiency?: number;
      readonly setPointC?: number;
      readonly site?: {
        readonly latitudeDeg: number;
        readonly longitudeDeg: number;
        readonly altitudeM?: number;
      };
      readonly department?: string;
      readonly heatedShare?: number;
      readonly internalGainsW?: number;
      readonly dwellings?: number;
      readonly occupants?: number;
      readonly hotWaterOnHeatingMeter?: boolean;
      readonly inertia?: 'very-light' | 'light' | 'medium' | 'heavy' | 'very-heavy';
    };
    readonly spaces?: Readonly<Record<string, 'heated' | 'unheated' | 'ignored'>>;
    readonly form?: {
      readonly floorAreaM2?: number;
      readonly storeys?: number;
      readonly footprintM2?: number;
      readonly storeyHeightM?: number;
      readonly typology?: 'apartment-block' | 'multi-family' | 'single-family';
      readonly works?: readonly {
        readonly element: 'walls' | 'roof' | 'floor' | 'windows';
        readonly year: number;
      }[];
      readonly climateZone?: 'H1' | 'H2' | 'H3';
    };
  };
};

export type PostBuildingsByIdWeatherAnswer = {
  readonly station: { readonly id: string; readonly name: string };
  readonly firstDay: string;
  readonly lastDay: string;
  readonly knownDays: number;
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
};

export type GetBuildingsByIdElementsAnswer = {
  readonly picture: 'model' | 'description';
  readonly source: 'ifc' | 'form' | 'dpe';
  readonly unitM: number;
  readonly turnedDeg: number;
  readonly heatLossWK: Quantity;
  readonly elements: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'wall' | 'roof' | 'floor' | 'window' | 'door' | 'curtain-wall';
    readonly exposure: 'exterior' | 'ground' | 'unheated' | 'adiabatic';
    readonly exposureConfidence: number;
    readonly exposureReason: Text;
    readonly areaNetM2: number;
    readonly azimuthDeg: number;
    readonly tiltDeg: number;
    readonly u: Quantity;
    readonly b: number;
    readonly lossWK: number;
    readonly typedUWm2K: number | null;
    readonly faces: readonly (readonly (readonly number[])[])[];
  }[];
};

export type GetBuildingsByIdClosuresAnswer = {
  readonly closures: readonly { readonly from: string; readonly to: string; readonly name?: string }[];
};

export type PutBuildingsByIdClosuresBody = {
  readonly closures: readonly { readonly from: string; readonly to: string; readonly name?: string }[];
  readonly by?: string;
  readonly reason?: string;
};

export type GetBuildingsByIdEnvelopeJsonAnswer = { readonly schema: 'stacoptim.envelope/1' } & Readonly<
  Record<string, unknown>
>;

export type GetBuildingsByIdWorksItem = {
  readonly id: string;
  readonly buildingId: string;
  readonly measures: readonly string[];
  readonly planned?: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly costEur?: number;
  readonly contractor?: string;
  readonly accepted?: { readonly day: string; readonly by: string };
  readonly carrierAfter?: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar';
  readonly scope?: 'auto' | 'heating' | 'whole';
  readonly endedBy?: 'demolition';
  readonly note?: string;
  readonly declared: { readonly by: string; readonly reason: string; readonly at: string } | null;
  readonly baselines: readonly {
    readonly meterId: string;
    readonly model: number;
    readonly to: string;
    readonly dataHash: string;
    readonly readingsKept: boolean;
  }[];
};

export type PostBuildingsByIdWorksBody = {
  readonly id: string;
  readonly measures: readonly string[];
  readonly planned?: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly costEur?: number;
  readonly contractor?: string;
  readonly accepted?: { readonly day: string; readonly by: string };
  readonly carrierAfter?: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar';
  readonly scope?: 'auto' | 'heating' | 'whole';
  readonly endedBy?: 'demolition';
  readonly note?: string;
  readonly by?: string;
  readonly reason: string;
};

export type PatchBuildingsByIdWorksByWorksBody = {
  readonly measures?: readonly string[];
  readonly planned?: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly costEur?: number;
  readonly contractor?: string;
  readonly accepted?: { readonly day: string; readonly by: string };
  readonly carrierAfter?: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar';
  readonly scope?: 'auto' | 'heating' | 'whole';
  readonly endedBy?: 'demolition';
  readonly note?: string;
  readonly by?: string;
  readonly reason: string;
};

export type GetBuildingsByIdEventsItem = {
  readonly id: number;
  readonly worksId: string;
  readonly meterId: string;
  readonly code: string;
  readonly from: string;
  readonly to: string;
  readonly message: Text;
  readonly state: 'proposed' | 'accepted' | 'refused';
  readonly adjustmentPercent: number | null;
  readonly decided: { readonly by: string; readonly reason: string; readonly at: string } | null;
};

export type PostBuildingsByIdEventsBody = {
  readonly worksId: string;
  readonly from: string;
  readonly to: string;
  readonly adjustmentPercent?: number;
  readonly by?: string;
  readonly reason: string;
};

export type PostBuildingsByIdEventsByEventDecisionBody = {
  readonly action: 'accept' | 'refuse' | 'reopen';
  readonly from?: string;
  readonly to?: string;
  readonly adjustmentPercent?: number;
  readonly by?: string;
  readonly reason: string;
};

export type GetBuildingsByIdResultsAnswer = {
  readonly works: readonly GetBuildingsByIdWorksItem[];
  readonly savings: readonly GetBuildingsByIdSavingsItem[];
  readonly events: readonly GetBuildingsByIdEventsItem[];
  readonly alarms: readonly GetBuildingsByIdAlarmsItem[];
  readonly watch: readonly GetBuildingsByIdWatchItem[];
};

export type GetBuildingsByIdAlarmsItem = {
  readonly id: number;
  readonly meterId: string;
  readonly code: string;
  readonly from: string;
  readonly to: string;
  readonly message: Text;
  readonly evidence: {
    readonly excessKwh: Quantity;
    readonly excessPercent: Quantity;
    readonly days: number;
    readonly score: number;
    readonly learntUntil: string;
  };
  readonly proof: Text;
  readonly state: 'open' | 'acknowledged' | 'refused' | 'closed';
  readonly decided: { readonly by: string; readonly reason: string; readonly at: string } | null;
};

export type PostBuildingsByIdAlarmsByAlarmDecisionBody = {
  readonly action: 'acknowledge' | 'refuse' | 'close' | 'reopen';
  readonly by?: string;
  readonly reason: string;
};

export type GetBuildingsByIdWatchItem = {
  readonly meterId: string;
  readonly watched: boolean;
  readonly nights: boolean;
  readonly lastDay: string | null;
  readonly learntUntil: string | null;
  readonly reason: Text;
  readonly lookedAt: string | null;
};

export type GetBuildingsByIdGapAnswer = {
  readonly worksId: string;
  readonly parts: readonly {
    readonly cause: 'weather' | 'set-point-use' | 'fabric-system-air' | 'base-load' | 'activity';
    readonly name: Text;
    readonly kwh: Quantity;
    readonly told: boolean;
    readonly evidence: Text;
    readonly notSeparable: Text | null;
  }[];
  readonly gapKwh: number;
};

export type GetRatesAnswer = {
  readonly prior: Quantity;
  readonly fewestDwellings: number;
  readonly rates: readonly {
    readonly measure: { readonly id: string; readonly name: Text };
    readonly family: { readonly id: string; readonly name: Text } | null;
    readonly rate: Quantity;
    readonly sdCase: number;
    readonly cases: number;
  }[];
  readonly defaults: readonly {
    readonly figure: { readonly id: string; readonly name: Text };
    readonly period: { readonly id: string; readonly name: Text } | null;
    readonly factor: Quantity;
    readonly cases: number;
  }[];
};

export type GetMetersByIdModelsAnswer = {
  readonly meterId: string;
  readonly models: readonly {
    readonly id: number;
    readonly role: 'baseline' | 'live';
    readonly status: 'candidate' | 'current' | 'retired' | 'frozen';
    readonly window: { readonly from: string; readonly to: string };
    readonly kind: string | null;
    readonly cvRmse: number | null;
    readonly dataHash: string;
    readonly stale: Text | null;
    readonly at: string;
    readonly last: {
      readonly by: string;
      readonly action: string;
      readonly reason: string;
      readonly said: Text;
      readonly at: string;
    } | null;
  }[];
};

export type PostMetersByIdModelsByModelPromotionBody = {
  readonly by?: string;
  readonly reason: string;
  readonly outsideGate?: boolean;
};

export type GetChangesAnswer = {
  readonly changes: readonly {
    readonly id: string;
    readonly position: number;
    readonly kind: string;
    readonly action: 'created' | 'updated' | 'deleted' | 'stale';
    readonly subject: string;
    readonly buildingId?: string;
    readonly meterId?: string;
    readonly detail: Readonly<Record<string, unknown>>;
    readonly at: string;
  }[];
  readonly next: number;
  readonly latest: number;
  readonly more: boolean;
};

export type GetWebhooksItem = {
  readonly id: number;
  readonly url: string;
  readonly kinds: readonly string[] | null;
  readonly format: 'changes' | 'ngsi-ld';
  readonly state: 'active' | 'failed';
  readonly receivedTo: number;
  readonly failedAttempts: number;
  readonly nextAttemptAt: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
};

export type PostWebhooksAnswer = {
  readonly id: number;
  readonly url: string;
  readonly kinds: readonly string[] | null;
  readonly format: 'changes' | 'ngsi-ld';
  readonly state: 'active' | 'failed';
  readonly receivedTo: number;
  readonly failedAttempts: number;
  readonly nextAttemptAt: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly secret: string;
};

export type PostWebhooksBody = {
  readonly url: string;
  readonly kinds?: readonly (
    | 'building'
    | 'identifier'
    | 'twin'
    | 'envelope'
    | 'scenario'
    | 'meter'
    | 'derivation'
    | 'readings'
    | 'reading-decision'
    | 'model'
    | 'works'
    | 'savings'
    | 'event'
    | 'alarm'
    | 'programme'
    | 'rate'
    | 'weather-station'
    | 'job'
  )[];
  readonly since?: number;
};

export type PostWebhooksByIdRotationBody = { readonly graceHours?: number };

export type PostWebhooksByIdTestAnswer = {
  readonly deliveryId: string;
  readonly received: boolean;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
};

export type GetWebhooksByIdAttemptsItem = {
  readonly deliveryId: string;
  readonly changes: number;
  readonly attempt: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly at: string;
};

export type GetJobsItem = {
  readonly id: number;
  readonly kind: string;
  readonly request: { readonly method: string; readonly path: string } | null;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly progress: number;
  readonly step: Text | null;
  readonly notice: { readonly code: string; readonly message: Text } | null;
  readonly attempts: number;
  readonly mostAttempts: number | null;
  readonly nextAttemptAt: string | null;
  readonly failure: { readonly code: string; readonly message: Text } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
};

export type GetKeysItem = {
  readonly id: number;
  readonly name: string;
  readonly prefix: string;
  readonly role: string;
  readonly scopes: readonly string[] | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
};

export type PostKeysAnswer = {
  readonly id: number;
  readonly name: string;
  readonly prefix: string;
  readonly role: string;
  readonly scopes: readonly string[] | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly key: string;
};

export type PostKeysBody = {
  readonly name: string;
  readonly role: string;
  readonly scopes?: readonly string[];
  readonly days?: number;
};

export type DeleteKeysByIdAnswer = { readonly revoked: true };

export type GetAuditItem = {
  readonly position: number;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly hash: string;
};

export type GetAuditVerificationAnswer = {
  readonly lines: number;
  readonly head: string;
  readonly brokenAt: number | null;
};

export type GetPeopleItem = {
  readonly id: number;
  readonly kind: 'link' | 'session';
  readonly person: string;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
};

export type PostPeopleAnswer = { readonly person: string; readonly role: string; readonly link: string };

export type PostPeopleBody = { readonly person: string; readonly role: string; readonly hours?: number };

export type DeletePeopleByIdAnswer = { readonly ended: true };

export type GetInstallationAnswer = {
  readonly version: string;
  readonly organisation: string;
  readonly settings: readonly { readonly name: string; readonly value: string; readonly meaning: Text }[];
  readonly retentionDays: number;
  readonly displayGroup: { readonly fewestDwellings: number; readonly leastReporting: number };
  readonly roles: readonly { readonly role: string; readonly permissions: readonly string[] }[];
};

export type GetNgsiLdEntitiesItem = { readonly id: string; readonly type: string } & Readonly<
  Record<string, unknown>
>;

export type GetNgsiLdSubscriptionsItem = {
  readonly id: string;
  readonly type: 'Subscription';
  readonly status: 'active' | 'failed';
} & Readonly<Record<string, unknown>>;

export type PostNgsiLdSubscriptionsBody = {
  readonly '@context'?: unknown;
  readonly type: 'Subscription';
  readonly subscriptionName?: string;
  readonly description?: string;
  readonly isActive?: true;
  readonly entities: readonly {
    readonly type: 'Building' | 'DeviceMeasurement';
    readonly id?: string | readonly string[];
  }[];
  readonly notification: {
    readonly endpoint: { readonly uri: string; readonly accept?: 'application/json' | 'application/ld+json' };
    readonly attributes?: readonly string[];
    readonly format?: 'normalized' | 'keyValues' | 'simplified';
  };
};

export type GetStockLawAnswer = {
  readonly day: string;
  readonly bindsAbove: number;
  readonly buildings: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly use: string;
    readonly commune: string;
    readonly dwellings: number | null;
    readonly label: { readonly likeliest: string; readonly chances: Readonly<Record<string, number>> } | null;
    readonly dates: readonly {
      readonly law: 'rental-ban' | 'tertiary-decree';
      readonly step: string;
      readonly from: string;
      readonly chanceOutside: number;
    }[];
    readonly binding: {
      readonly law: 'rental-ban' | 'tertiary-decree';
      readonly step: string;
      readonly from: string;
      readonly chanceOutside: number;
    } | null;
    readonly legalUntil: string | null;
    readonly tertiary: {
      readonly finalKwh: number;
      readonly landings: readonly {
        readonly year: number;
        readonly targetKwh: number;
        readonly gapKwh: number;
        readonly chanceMet: number;
      }[];
    } | null;
    readonly sentence: Text;
    readonly evaluated: boolean;
  }[];
  readonly dates: readonly {
    readonly law: 'rental-ban' | 'tertiary-decree';
    readonly step: string;
    readonly from: string;
    readonly buildings: number;
    readonly dwellings: number;
    readonly expectedBuildings: number;
    readonly expectedDwellings: number;
  }[];
  readonly notEvaluated: number;
};

export type GetStockSummaryAnswer = {
  readonly data: 'simulated' | 'metered';
  readonly buildings: number;
  readonly evaluated: number;
  readonly annualKwh: Quantity | null;
  readonly annualEur: Quantity | null;
  readonly annualKgCo2e: Quantity | null;
  readonly labels: Readonly<Record<string, number>>;
  readonly urgencies: Readonly<Record<string, number>>;
  readonly placed: number;
  readonly waiting: number;
  readonly uncomputed: number;
  readonly computed: number;
  readonly bindsAbove: number;
  readonly dates: readonly {
    readonly law: string;
    readonly step: string;
    readonly from: string;
    readonly buildings: number;
    readonly dwellings: number;
    readonly expectedBuildings: number;
    readonly expectedDwellings: number;
  }[];
  readonly communes: readonly string[];
};

export type GetStockMapAnswer = {
  readonly box: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  } | null;
  readonly cells: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly count: number;
    readonly buildings: readonly { readonly id: string; readonly name: Text }[];
    readonly labels: Readonly<Record<string, number>>;
    readonly urgencies: Readonly<Record<string, number>>;
    readonly intensityKwhM2: number | null;
  }[];
  readonly placed: number;
  readonly unplaced: number;
};

export type GetStockBenchmarksAnswer = {
  readonly buildings: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly use: string;
    readonly heating: {
      readonly value: Quantity;
      readonly typical: number;
      readonly family: Text;
      readonly familySize: number;
      readonly ratio: Quantity;
      readonly chanceHigh: number;
    } | null;
    readonly baseLoad: {
      readonly value: Quantity;
      readonly typical: number;
      readonly family: Text;
      readonly familySize: number;
      readonly ratio: Quantity;
      readonly chanceHigh: number;
    } | null;
    readonly anomalies: readonly {
      readonly code: 'night-heating' | 'weekend-heating' | 'high-base-load' | 'high-heating';
      readonly message: Text;
      readonly ratio: number;
      readonly energyKwhYear: number | null;
    }[];
    readonly notEvaluated: Text | null;
  }[];
};

export type PutBuildingsByIdTertiaryAnswer = {
  readonly buildingId: string;
  readonly tertiary: {
    readonly areaM2: number;
    readonly reference: { readonly year: number; readonly finalKwh: number };
    readonly absoluteKwhM2?: { readonly '2030'?: number; readonly '2040'?: number; readonly '2050'?: number };
    readonly otherUsesKwhYear: number;
  };
};

export type PutBuildingsByIdTertiaryBody = {
  readonly areaM2: number;
  readonly reference: { readonly year: number; readonly finalKwh: number };
  readonly absoluteKwhM2?: { readonly '2030'?: number; readonly '2040'?: number; readonly '2050'?: number };
  readonly otherUsesKwhYear: number;
};

export type PutBuildingsByIdFuelPovertyAnswer = {
  readonly buildingId: string;
  readonly fuelPoverty: PutBuildingsByIdFuelPovertyBody;
};

export type PutBuildingsByIdFuelPovertyBody = {
  readonly kind: 'share' | 'score';
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly source: string;
};

export type PostStockFuelPovertyAnswer = {
  readonly kept: number;
  readonly refused: readonly {
    readonly line: number;
    readonly buildingId: string;
    readonly code: string;
    readonly message: Text;
  }[];
};

export type PostStockFuelPovertyBody = {
  readonly lines: readonly { readonly buildingId: string; readonly fuelPoverty?: unknown }[];
};

export type PostProgrammesByIdMeteringPlanAnswer = {
  readonly programme: string;
  readonly budgetEur: number;
  readonly costEur: number;
  readonly instruments: number;
  readonly widthNowKwh: number;
  readonly widthAfterKwh: number;
  readonly buildings: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly instruments: readonly { readonly id: string; readonly name: Text; readonly costEur: number }[];
    readonly costEur: number;
    readonly widthNowKwh: number;
    readonly widthAfterKwh: number;
    readonly shareOfVariance: number;
    readonly sentence: Text;
  }[];
  readonly notMetered: readonly { readonly buildingId: string; readonly name: Text; readonly reason: Text }[];
  readonly sentence: Text;
  readonly defaults: readonly Text[];
};

export type PostProgrammesByIdMeteringPlanBody = {
  readonly budgetEur: number;
  readonly currency?: 'EUR';
  readonly costsEur?: Readonly<Record<string, number | null>>;
};

export type PostProgrammesByIdMeteringForChoiceAnswer = {
  readonly programme: string;
  readonly budgetEur: number;
  readonly costEur: number;
  readonly gainEur: number;
  readonly looked: number;
  readonly buildings: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly chosen: boolean;
    readonly instruments: readonly { readonly id: string; readonly name: Text; readonly costEur: number }[];
    readonly costEur: number;
    readonly gainEur: number;
    readonly sentence: Text;
  }[];
  readonly sentence: Text;
  readonly defaults: readonly Text[];
};

export type GetSavingsAnswer = {
  readonly schema: 'stacoptim.stock-savings/1';
  readonly scope: {
    readonly kind: 'building' | 'programme' | 'stock';
    readonly id: string | null;
    readonly name: Text;
    readonly commune: string | null;
    readonly use: string | null;
    readonly constructionYear: number | null;
  };
  readonly data: 'simulated' | 'metered';
  readonly day: string;
  readonly firstYear: {
    readonly works: number;
    readonly meters: number;
    readonly counterfactual: Quantity;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
  } | null;
  readonly sinceWorks: {
    readonly works: number;
    readonly meters: number;
    readonly counterfactual: Quantity;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
  } | null;
  readonly years: readonly {
    readonly works: number;
    readonly meters: number;
    readonly counterfactual: Quantity;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly year: number;
  }[];
  readonly months: readonly {
    readonly works: number;
    readonly meters: number;
    readonly counterfactual: Quantity;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly month: string;
  }[];
  readonly byCarrier: readonly {
    readonly works: number;
    readonly meters: number;
    readonly counterfactual: Quantity;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly carrier: string;
  }[];
  readonly promisedKwh: Quantity | null;
  readonly works: readonly {
    readonly buildingId: string;
    readonly building: Text;
    readonly start: string;
    readonly end: string;
    readonly measures: readonly { readonly id: string; readonly name: Text }[];
    readonly costEur: number | null;
    readonly contractor: string | null;
    readonly accepted: { readonly day: string; readonly by: string } | null;
    readonly baselineHash: string | null;
    readonly baselineFit: {
      readonly days: number;
      readonly cvRmsePercent: number | null;
      readonly r2: number | null;
    } | null;
    readonly savings: GetBuildingsByIdSavingsItem;
    readonly leftOut: Text | null;
  }[];
  readonly notEvaluated: readonly {
    readonly buildingId: string;
    readonly building: Text;
    readonly worksId: string | null;
    readonly reason: Text;
  }[];
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
};

export type GetSavingsReportAnswer = {
  readonly schema: 'stacoptim.savings-report/1';
  readonly day: string;
  readonly version: string;
  readonly year: number | null;
  readonly works: readonly {
    readonly works: number;
    readonly meters: number;
    readonly counterfactual: Quantity;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
    readonly worksId: string;
    readonly validDays: number;
    readonly days: number;
  }[];
  readonly total: {
    readonly works: number;
    readonly meters: number;
    readonly counterfactual: Quantity;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsPercent: Quantity | null;
  } | null;
  readonly savings: GetSavingsAnswer;
  readonly events: readonly GetBuildingsByIdEventsItem[];
  readonly method: readonly Text[];
  readonly outside: readonly Text[];
  readonly digest: string;
};

export type PostOperatAnswer = {
  readonly schema: 'stacoptim.operat/1';
  readonly year: number;
  readonly due: string;
  readonly entities: readonly {
    readonly buildingId: string;
    readonly name: Text;
    readonly commune: string | null;
    readonly use: string;
    readonly efa: string | null;
    readonly areaM2: number | null;
    readonly areaFrom: 'declared' | 'model' | null;
    readonly activity: string | null;
    readonly indicators: Readonly<Record<string, number>>;
    readonly consumption: Readonly<
      Record<
        string,
        {
          readonly kwh: number | null;
          readonly readKwh: number;
          readonly daysRead: number;
          readonly days: number;
          readonly meters: readonly string[];
        }
      >
    >;
    readonly reserves: readonly Text[];
  }[];
  readonly leftOut: readonly { readonly buildingId: string; readonly name: Text; readonly reason: Text }[];
  readonly warnings: readonly Text[];
};

export type PostOperatBody = {
  readonly year: number;
  readonly entities?: readonly {
    readonly buildingId: string;
    readonly efa?: string;
    readonly areaM2?: number;
    readonly activity?: string;
    readonly indicators?: Readonly<Record<string, number>>;
    readonly gas?: 'PCS' | 'PCI';
  }[];
  readonly format?: 'json' | 'csv';
};

export type GetBuildingsByIdMetersAnswer = {
  readonly buildingId: string;
  readonly name: Text;
  readonly meters: readonly {
    readonly id: string;
    readonly name: string;
    readonly carrier: string;
    readonly use: string;
    readonly unit: string;
    readonly timezone: string;
    readonly computed: Text | null;
    readonly main: boolean;
    readonly firstDay: string | null;
    readonly lastDay: string | null;
    readonly readings: number;
    readonly resolution: 'sub-hourly' | 'hourly' | 'daily' | 'monthly' | 'irregular' | null;
    readonly coverage: number | null;
    readonly marks: readonly {
      readonly code:
        | 'unit-break'
        | 'zero-as-missing'
        | 'gap'
        | 'spike'
        | 'frozen'
        | 'reset'
        | 'clock-shift'
        | 'duplicate'
        | 'estimated'
        | 'impossible';
      readonly readings: number;
    }[];
    readonly findings: number;
    readonly undecided: number;
  }[];
  readonly dwellings: number;
};

export type GetMetersByIdSeriesAnswer = {
  readonly meterId: string;
  readonly timezone: string;
  readonly held: { readonly from: string; readonly to: string } | null;
  readonly step: 'reading' | 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly startMs: readonly number[];
  readonly endMs: readonly number[];
  readonly kwh: readonly number[];
  readonly meanKw: readonly number[];
  readonly lowKw: readonly number[];
  readonly highKw: readonly number[];
  readonly readings: readonly number[];
  readonly marks: readonly {
    readonly code:
      | 'unit-break'
      | 'zero-as-missing'
      | 'gap'
      | 'spike'
      | 'frozen'
      | 'reset'
      | 'clock-shift'
      | 'duplicate'
      | 'estimated'
      | 'impossible';
    readonly at: readonly number[];
  }[];
};

export type GetMetersByIdAnalysisAnswer = {
  readonly meterId: string;
  readonly signature: GetBuildingsByIdSignatureAnswer | null;
  readonly missing: Text | null;
  readonly told: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
  readonly usable: boolean;
  readonly residuals: {
    readonly baseline: { readonly from: string; readonly to: string };
    readonly firstDay: string;
    readonly offset: readonly number[];
    readonly days: readonly number[] | null;
    readonly actualKwh: readonly number[];
    readonly predictedKwh: readonly number[];
    readonly lowKwh: readonly number[];
    readonly highKwh: readonly number[];
  } | null;
  readonly works: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly name: Text;
  }[];
  readonly degreeDays: {
    readonly baseC: number;
    readonly referenceYears: { readonly fewest: number; readonly most: number };
    readonly months: readonly {
      readonly month: string;
      readonly referenceDegreeDays: number | null;
      readonly knownDays: number;
      readonly readKwh: number;
      readonly degreeDays: number;
      readonly normalisedKwh: Quantity | null;
    }[];
    readonly years: readonly {
      readonly year: number;
      readonly knownDays: number;
      readonly readKwh: number;
      readonly degreeDays: number;
      readonly normalisedKwh: Quantity | null;
    }[];
  } | null;
};

export type PostMetersByIdReadingsPreflightAnswer = {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly missing: number;
  readonly rejected: number;
  readonly rejectedRows: readonly { readonly line: number; readonly code: string; readonly message: Text }[];
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
  readonly format: string;
  readonly resolution: string;
  readonly rows: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly totalKwh: number;
  readonly kwhPerDay: number;
  readonly heldKwhPerDay: number | null;
};

export type GetMetersItem = {
  readonly id: string;
  readonly buildingId: string;
  readonly name: string;
  readonly carrier: string;
  readonly use: string;
  readonly unit: string;
  readonly timezone: string;
  readonly personal: boolean;
};

export type GetMetersByIdAnswer = {
  readonly id: string;
  readonly buildingId: string;
  readonly name: string;
  readonly carrier: string;
  readonly use: string;
  readonly unit: string;
  readonly timezone: string;
  readonly personal: boolean;
  readonly derivation:
    | { readonly kind: 'formula'; readonly formula: string }
    | {
        readonly kind: 'share';
        readonly of: string;
        readonly recipient: string;
        readonly key: string;
        readonly rule:
          | { readonly kind: 'shares'; readonly shares: Readonly<Record<string, number>> }
          | { readonly kind: 'weights'; readonly weights: Readonly<Record<string, number>> }
          | {
              readonly kind: 'base-load';
              readonly base: string;
              readonly rest: string;
              readonly kwhDay: number;
            };
      }
    | {
        readonly kind: 'self-consumption';
        readonly imported: string;
        readonly produced: string;
        readonly exported: string;
        readonly gives: 'used' | 'total';
      }
    | null;
};

export type PutMetersByIdBody = {
  readonly buildingId: string;
  readonly name?: string;
  readonly carrier: 'gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar';
  readonly use: string;
  readonly unit?: 'kWh' | 'MWh' | 'Wh' | 'm3' | 'kW' | 'W';
  readonly timezone?: string;
  readonly personal?: boolean;
  readonly derivation?:
    | { readonly kind: 'formula'; readonly formula: string }
    | {
        readonly kind: 'share';
        readonly of: string;
        readonly recipient: string;
        readonly key: string;
        readonly rule:
          | { readonly kind: 'shares'; readonly shares: Readonly<Record<string, number>> }
          | { readonly kind: 'weights'; readonly weights: Readonly<Record<string, number>> }
          | {
              readonly kind: 'base-load';
              readonly base: string;
              readonly rest: string;
              readonly kwhDay: number;
            };
      }
    | {
        readonly kind: 'self-consumption';
        readonly imported: string;
        readonly produced: string;
        readonly exported: string;
        readonly gives: 'used' | 'total';
      }
    | null;
  readonly by?: string;
  readonly reason?: string;
};

export type DeleteMetersByIdAnswer = { readonly erased: true };

export type PostMetersByIdReadingsAnswer = {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly missing: number;
  readonly rejected: number;
  readonly rejectedRows: readonly { readonly line: number; readonly code: string; readonly message: Text }[];
  readonly warnings: readonly { readonly code: string; readonly message: Text; readonly ref?: string }[];
};

export type GetMetersByIdReadingsAnswer = {
  readonly meterId: string;
  readonly unit: 'kWh';
  readonly readings: readonly {
    readonly start: string;
    readonly end: string;
    readonly kwh: number;
    readonly quality: number;
  }[];
};

export type GetMetersByIdQualityAnswer = {
  readonly meterId: string;
  readonly findings: readonly {
    readonly code: string;
    readonly from: string;
    readonly to: string;
    readonly ratio: number | null;
    readonly message: Text;
    readonly action: Text;
    readonly asksPerson: boolean;
    readonly decision: number | null;
  }[];
  readonly decisions: readonly PostMetersByIdDecisionsAnswer[];
};

export type PostMetersByIdDecisionsAnswer = {
  readonly id: number;
  readonly finding: string;
  readonly from: string;
  readonly to: string;
  readonly action: 'keep' | 'exclude' | 'correct';
  readonly factor: number | null;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  readonly reversed: { readonly by: string; readonly reason: string; readonly at: string } | null;
};

export type PostMetersByIdDecisionsBody = {
  readonly finding?: string;
  readonly from: string;
  readonly to: string;
  readonly action: 'keep' | 'exclude' | 'correct';
  readonly factor?: number;
  readonly by?: string;
  readonly reason: string;
};

export type GetMetersByIdExportAnswer = { readonly schema: 'stacoptim.meter-export/1' } & Readonly<
  Record<string, unknown>
>;

export type GetWeatherStationsItem = {
  readonly id: string;
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeM: number;
  readonly source: string;
  readonly data: 'simulated' | 'measured';
  readonly days: { readonly from: string; readonly to: string } | null;
};

export type PutWeatherStationsByIdBody = {
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeM: number;
};

export type GetWeatherStationsByIdDaysAnswer = {
  readonly stationId: string;
  readonly days: readonly { readonly day: string; readonly meanC: number; readonly ghiWm2: number | null }[];
};

export type PostWeatherStationsByIdDaysAnswer = {
  readonly written: number;
  readonly rejected: number;
  readonly rejectedRows: readonly { readonly line: number; readonly code: string; readonly message: Text }[];
};

export type PostWeatherStationsByIdDaysBody = {
  readonly days: readonly { readonly day: string; readonly meanC: number; readonly ghiWm2?: number | null }[];
};

/** By method and address: what an operation takes, what it answers in JSON, and `some` of it where `fields` says which. */

export type Operations = {
  /** The stock and its buildings. */
  readonly 'GET /v1/stock': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetStockAnswer;
    readonly some: Partial<GetStockAnswer>;
  };
  /** One building: twin, meters, works. */
  readonly 'GET /v1/buildings/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdAnswer;
    readonly some: Partial<GetBuildingsByIdAnswer>;
  };
  /** Deletes a building with everything held of it; one with works or frozen baselines only if that is said. */
  readonly 'DELETE /v1/buildings/{id}': {
    readonly path: { readonly id: string | number };

    readonly body: DeleteBuildingsByIdBody;
    readonly answer: DeleteBuildingsByIdAnswer;
  };
  /** Daily consumption against outdoor temperature, with the fit. */
  readonly 'GET /v1/buildings/{id}/signature': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdSignatureAnswer;
    readonly some: Partial<GetBuildingsByIdSignatureAnswer>;
  };
  /** Measured savings of the finished works. */
  readonly 'GET /v1/buildings/{id}/savings': {
    readonly path: { readonly id: string | number };

    readonly answer: readonly GetBuildingsByIdSavingsItem[];
  };
  /** The measures of the catalogue, and the options to compare first. */
  readonly 'GET /v1/buildings/{id}/measures': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdMeasuresAnswer;
    readonly some: Partial<GetBuildingsByIdMeasuresAnswer>;
  };
  /** Compares packages of measures on the calibrated twin. */
  readonly 'POST /v1/buildings/{id}/comparisons': {
    readonly path: { readonly id: string | number };

    readonly body: PostBuildingsByIdComparisonsBody;
    readonly answer: PostBuildingsByIdComparisonsAnswer;
  };
  /** Saved scenarios of a building. */
  readonly 'GET /v1/buildings/{id}/scenarios': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsByIdScenariosItem[];
    readonly some: readonly (Partial<GetBuildingsByIdScenariosItem> &
      Pick<GetBuildingsByIdScenariosItem, 'id'>)[];
  };
  /** Saves a scenario, or a branch of one; a saved one never changes. */
  readonly 'POST /v1/buildings/{id}/scenarios': {
    readonly path: { readonly id: string | number };

    readonly body: PostBuildingsByIdScenariosBody;
    readonly answer: GetBuildingsByIdScenariosItem;
  };
  /** One saved scenario. */
  readonly 'GET /v1/buildings/{id}/scenarios/{scenario}': {
    readonly path: { readonly id: string | number; readonly scenario: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdScenariosItem;
    readonly some: Partial<GetBuildingsByIdScenariosItem>;
  };
  /** Deletes a saved scenario. */
  readonly 'DELETE /v1/buildings/{id}/scenarios/{scenario}': {
    readonly path: { readonly id: string | number; readonly scenario: string | number };

    readonly answer: DeleteBuildingsByIdScenariosByScenarioAnswer;
  };
  /** The figures of a saved scenario today, its years and elements in them. */
  readonly 'POST /v1/buildings/{id}/scenarios/{scenario}/comparison': {
    readonly path: { readonly id: string | number; readonly scenario: string | number };

    readonly body: PostBuildingsByIdScenariosByScenarioComparisonBody;
    readonly answer: PostBuildingsByIdComparisonsAnswer;
  };
  /** The standard audit of a building: PDF, HTML, or JSON (docs/schemas/audit-1.schema.json). */
  readonly 'GET /v1/buildings/{id}/report': {
    readonly path: { readonly id: string | number };
    readonly query: { readonly format: 'pdf' | 'html' | 'json'; readonly lang?: 'fr' | 'en' };

    readonly answer: GetBuildingsByIdReportAnswer;
  };
  /** The audits of the whole stock as a spreadsheet, one row a building. */
  readonly 'GET /v1/stock/report': {
    readonly query?: { readonly lang?: 'fr' | 'en' };

    readonly answer: unknown;
  };
  /** Buildings by what their best works would bring, by legal urgency or by fuel poverty as given, with the chance of each to be among the first. */
  readonly 'GET /v1/ranking': {
    readonly query?: {
      readonly by?:
        | 'saving'
        | 'saving-per-euro'
        | 'carbon'
        | 'net-value'
        | 'legal-urgency'
        | 'fuel-poverty'
        | 'fuel-poverty-score';
      readonly top?: number;
    };

    readonly answer: GetRankingAnswer;
  };
  /** The last programme computed. */
  readonly 'GET /v1/programmes/latest': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetProgrammesLatestAnswer;
    readonly some: Partial<GetProgrammesLatestAnswer>;
  };
  /** Computes a programme under yearly budgets. */
  readonly 'POST /v1/programmes': {
    readonly body: PostProgrammesBody;
    readonly answer: GetProgrammesLatestAnswer;
  };
  /** The programmes kept. */
  readonly 'GET /v1/programmes': {
    readonly query?: {
      readonly accepted?: 'true' | 'false';
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id';
      readonly fields?: string;
    };

    readonly answer: readonly GetProgrammesItem[];
    readonly some: readonly (Partial<GetProgrammesItem> & Pick<GetProgrammesItem, 'id'>)[];
  };
  /** What less money would still bring: the best plan of each price, in energy or carbon; nothing is kept. */
  readonly 'POST /v1/programmes/front': {
    readonly body: PostProgrammesFrontBody;
    readonly answer: PostProgrammesFrontAnswer;
  };
  /** One programme. */
  readonly 'GET /v1/programmes/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetProgrammesLatestAnswer;
    readonly some: Partial<GetProgrammesLatestAnswer>;
  };
  /** What less and more money would bring to this programme: the best plan of each price, kept beside it. */
  readonly 'POST /v1/programmes/{id}/front': {
    readonly path: { readonly id: string | number };

    readonly body: PostProgrammesByIdFrontBody;
    readonly answer: PostProgrammesByIdFrontAnswer;
  };
  /** The fronts that were asked for beside this programme, with the instant each was computed. */
  readonly 'GET /v1/programmes/{id}/fronts': {
    readonly path: { readonly id: string | number };

    readonly answer: readonly PostProgrammesByIdFrontAnswer[];
  };
  /** What changes from another programme to this one, in words. */
  readonly 'GET /v1/programmes/{id}/changes': {
    readonly path: { readonly id: string | number };
    readonly query: { readonly from: number };

    readonly answer: GetProgrammesByIdChangesAnswer;
  };
  /** A named person accepts a programme, once. */
  readonly 'POST /v1/programmes/{id}/acceptance': {
    readonly path: { readonly id: string | number };

    readonly body: PostProgrammesByIdAcceptanceBody;
    readonly answer: GetProgrammesItem;
  };
  /** The programme as a file: PDF sheet, xlsx, CSV or JSON. */
  readonly 'GET /v1/programmes/{id}/document': {
    readonly path: { readonly id: string | number };
    readonly query: {
      readonly format: 'pdf' | 'xlsx' | 'csv' | 'json' | 'geojson';
      readonly lang?: 'fr' | 'en';
    };

    readonly answer: unknown;
  };
  /** The energy the tool itself has taken. */
  readonly 'GET /v1/ledger': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetLedgerAnswer;
    readonly some: Partial<GetLedgerAnswer>;
  };
  /** Who calls: the name that signs their decisions, and their role. */
  readonly 'GET /v1/caller': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetCallerAnswer;
    readonly some: Partial<GetCallerAnswer>;
  };
  /** The buildings of the stock, with their identifiers and the figures kept of them. */
  readonly 'GET /v1/buildings': {
    readonly query?: {
      readonly id?: readonly string[];
      readonly use?: readonly (
        | 'housing'
        | 'school'
        | 'sports'
        | 'museum'
        | 'office'
        | 'community'
        | 'pool'
        | 'other'
      )[];
      readonly commune?: readonly string[];
      readonly constructionYearFrom?: number | null;
      readonly constructionYearTo?: number | null;
      readonly floorAreaM2From?: number | null;
      readonly floorAreaM2To?: number | null;
      readonly search?: string;
      readonly communeSearch?: string;
      readonly label?: readonly ('A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G')[];
      readonly legalBefore?: string;
      readonly carrier?: readonly ('gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar')[];
      readonly coverageFrom?: number | null;
      readonly coverageTo?: number | null;
      readonly urgency?: readonly ('outside' | 'soon' | 'later' | 'none' | 'unknown')[];
      readonly placed?: 'true' | 'false';
      readonly own?: readonly string[];
      readonly rnb?: readonly string[];
      readonly bdnb?: readonly string[];
      readonly cadastre?: readonly string[];
      readonly skip?: number | null;
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?:
        | 'id'
        | '-id'
        | 'name'
        | '-name'
        | 'commune'
        | '-commune'
        | 'constructionYear'
        | '-constructionYear'
        | 'floorAreaM2'
        | '-floorAreaM2'
        | 'heatLossWK'
        | '-heatLossWK'
        | 'annualKwh'
        | '-annualKwh'
        | 'annualEur'
        | '-annualEur'
        | 'annualKgCo2e'
        | '-annualKgCo2e'
        | 'intensityKwhM2'
        | '-intensityKwhM2'
        | 'label'
        | '-label'
        | 'legalUntil'
        | '-legalUntil'
        | 'dataCoverage'
        | '-dataCoverage'
        | 'urgency'
        | '-urgency';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsItem[];
    readonly some: readonly (Partial<GetBuildingsItem> & Pick<GetBuildingsItem, 'id'>)[];
  };
  /** Adds up to 500 buildings, each with its own result; those that are there already are left as they are. */
  readonly 'POST /v1/buildings': {
    readonly body: PostBuildingsBody;
    readonly answer: PostBuildingsAnswer;
  };
  /** What a building is called and known by. */
  readonly 'GET /v1/buildings/{id}/identity': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdIdentityAnswer;
    readonly some: Partial<GetBuildingsByIdIdentityAnswer>;
  };
  /** Changes what a building is called and known by; what is left out stays. */
  readonly 'PATCH /v1/buildings/{id}/identity': {
    readonly path: { readonly id: string | number };

    readonly body: PatchBuildingsByIdIdentityBody;
    readonly answer: GetBuildingsByIdIdentityAnswer;
  };
  /** Uploads an IFC model, a certificate, a form or a sheet; it is read in the background. */
  readonly 'POST /v1/onboarding': {
    readonly query?: { readonly name?: string };
    readonly body: string | Uint8Array<ArrayBuffer> | Blob | FormData;
    readonly answer: PostOnboardingAnswer;
  };
  /** Where an upload stands: found, assumed, contradictory, missing, and the questions. */
  readonly 'GET /v1/onboarding/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: PostOnboardingAnswer;
    readonly some: Partial<PostOnboardingAnswer>;
  };
  /** Cancels an upload and deletes it. */
  readonly 'DELETE /v1/onboarding/{id}': {
    readonly path: { readonly id: string | number };

    readonly answer: DeleteOnboardingByIdAnswer;
  };
  /** Replaces the answers of an upload; every one of them can be taken back. */
  readonly 'PUT /v1/onboarding/{id}/answers': {
    readonly path: { readonly id: string | number };

    readonly body: PutOnboardingByIdAnswersBody;
    readonly answer: PostOnboardingAnswer;
  };
  /** Makes the upload a building of the stock, or each good line of a sheet. */
  readonly 'POST /v1/onboarding/{id}/confirm': {
    readonly path: { readonly id: string | number };

    readonly body: PostOnboardingByIdConfirmBody;
    readonly answer: PostOnboardingByIdConfirmAnswer;
  };
  /** The pre-flight report of a building, with the answers in force. */
  readonly 'GET /v1/buildings/{id}/preflight': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdPreflightAnswer;
    readonly some: Partial<GetBuildingsByIdPreflightAnswer>;
  };
  /** Replaces the answers of a building: a new version of its twin. */
  readonly 'PUT /v1/buildings/{id}/answers': {
    readonly path: { readonly id: string | number };

    readonly body: PutBuildingsByIdAnswersBody;
    readonly answer: GetBuildingsByIdPreflightAnswer;
  };
  /** What a certificate (ADEME XML) would answer of a building; nothing is kept. */
  readonly 'POST /v1/buildings/{id}/certificate': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly name?: string };
    readonly body: string | Uint8Array<ArrayBuffer> | Blob | FormData;
    readonly answer: PostBuildingsByIdCertificateAnswer;
  };
  /** Keeps the measured weather of a file for the place of a building; days sent again are replaced. */
  readonly 'POST /v1/buildings/{id}/weather': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly name?: string;
      readonly latitude?: number | null;
      readonly longitude?: number | null;
    };
    readonly body: string | Uint8Array<ArrayBuffer> | Blob | FormData;
    readonly answer: PostBuildingsByIdWeatherAnswer;
  };
  /** The elements of the envelope with the answers in force, each with its outline for a picture. */
  readonly 'GET /v1/buildings/{id}/elements': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdElementsAnswer;
    readonly some: Partial<GetBuildingsByIdElementsAnswer>;
  };
  /** The days on which a building is closed, as they were given. */
  readonly 'GET /v1/buildings/{id}/closures': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdClosuresAnswer;
    readonly some: Partial<GetBuildingsByIdClosuresAnswer>;
  };
  /** Replaces the days on which a building is closed; models read each as a holiday. */
  readonly 'PUT /v1/buildings/{id}/closures': {
    readonly path: { readonly id: string | number };

    readonly body: PutBuildingsByIdClosuresBody;
    readonly answer: GetBuildingsByIdClosuresAnswer;
  };
  /** The envelope, in the published schema. */
  readonly 'GET /v1/buildings/{id}/envelope.json': {
    readonly path: { readonly id: string | number };

    readonly answer: GetBuildingsByIdEnvelopeJsonAnswer;
  };
  /** The envelope as gbXML. */
  readonly 'GET /v1/buildings/{id}/envelope.gbxml': {
    readonly path: { readonly id: string | number };
  };
  /** The model it was read from, sent again, with its resolved U-values. */
  readonly 'POST /v1/buildings/{id}/enriched.ifc': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly name?: string };
    readonly body: string | Uint8Array<ArrayBuffer> | Blob | FormData;
  };
  /** Works of a building, with the baselines frozen for them. */
  readonly 'GET /v1/buildings/{id}/works': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly measure?: readonly string[];
      readonly startFrom?: string;
      readonly startTo?: string;
      readonly accepted?: 'true' | 'false';
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'start' | '-start' | 'end' | '-end' | 'id' | '-id';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsByIdWorksItem[];
    readonly some: readonly (Partial<GetBuildingsByIdWorksItem> & Pick<GetBuildingsByIdWorksItem, 'id'>)[];
  };
  /** Adds works; those that have begun freeze their baselines with the readings behind them. */
  readonly 'POST /v1/buildings/{id}/works': {
    readonly path: { readonly id: string | number };

    readonly body: PostBuildingsByIdWorksBody;
    readonly answer: GetBuildingsByIdWorksItem;
  };
  /** Works of the stock, with the baselines frozen for them. */
  readonly 'GET /v1/works': {
    readonly query?: {
      readonly building?: readonly string[];
      readonly measure?: readonly string[];
      readonly startFrom?: string;
      readonly startTo?: string;
      readonly accepted?: 'true' | 'false';
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'start' | '-start' | 'end' | '-end' | 'id' | '-id';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsByIdWorksItem[];
    readonly some: readonly (Partial<GetBuildingsByIdWorksItem> & Pick<GetBuildingsByIdWorksItem, 'id'>)[];
  };
  /** One of the works of a building. */
  readonly 'GET /v1/buildings/{id}/works/{works}': {
    readonly path: { readonly id: string | number; readonly works: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdWorksItem;
    readonly some: Partial<GetBuildingsByIdWorksItem>;
  };
  /** Corrects works: what was really done, cost, last day; their acceptance for those who may decide, in their own name. */
  readonly 'PATCH /v1/buildings/{id}/works/{works}': {
    readonly path: { readonly id: string | number; readonly works: string | number };

    readonly body: PatchBuildingsByIdWorksByWorksBody;
    readonly answer: GetBuildingsByIdWorksItem;
  };
  /** Non-routine events of the works of a building: proposed, accepted, refused. */
  readonly 'GET /v1/buildings/{id}/events': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly works?: readonly string[];
      readonly state?: readonly ('proposed' | 'accepted' | 'refused')[];
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id' | 'from' | '-from';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsByIdEventsItem[];
    readonly some: readonly (Partial<GetBuildingsByIdEventsItem> & Pick<GetBuildingsByIdEventsItem, 'id'>)[];
  };
  /** A named person declares a non-routine event; the savings are measured anew with and without it. */
  readonly 'POST /v1/buildings/{id}/events': {
    readonly path: { readonly id: string | number };

    readonly body: PostBuildingsByIdEventsBody;
    readonly answer: GetBuildingsByIdEventsItem;
  };
  /** Non-routine events of the stock. */
  readonly 'GET /v1/events': {
    readonly query?: {
      readonly building?: readonly string[];
      readonly works?: readonly string[];
      readonly state?: readonly ('proposed' | 'accepted' | 'refused')[];
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id' | 'from' | '-from';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsByIdEventsItem[];
    readonly some: readonly (Partial<GetBuildingsByIdEventsItem> & Pick<GetBuildingsByIdEventsItem, 'id'>)[];
  };
  /** One non-routine event of a building. */
  readonly 'GET /v1/buildings/{id}/events/{event}': {
    readonly path: { readonly id: string | number; readonly event: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdEventsItem;
    readonly some: Partial<GetBuildingsByIdEventsItem>;
  };
  /** A named person accepts, edits, refuses or reopens a non-routine event. */
  readonly 'POST /v1/buildings/{id}/events/{event}/decision': {
    readonly path: { readonly id: string | number; readonly event: string | number };

    readonly body: PostBuildingsByIdEventsByEventDecisionBody;
    readonly answer: GetBuildingsByIdEventsItem;
  };
  /** The works of a building with what they saved, what disturbed the measurement and its alarms, together. */
  readonly 'GET /v1/buildings/{id}/results': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdResultsAnswer;
    readonly some: Partial<GetBuildingsByIdResultsAnswer>;
  };
  /** What the nightly watch found that the meters of a building take too much of, with its evidence and what people decided. */
  readonly 'GET /v1/buildings/{id}/alarms': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly meter?: readonly string[];
      readonly code?: readonly string[];
      readonly state?: readonly ('open' | 'acknowledged' | 'refused' | 'closed')[];
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id' | 'to' | '-to';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsByIdAlarmsItem[];
    readonly some: readonly (Partial<GetBuildingsByIdAlarmsItem> & Pick<GetBuildingsByIdAlarmsItem, 'id'>)[];
  };
  /** The alarms of the stock. */
  readonly 'GET /v1/alarms': {
    readonly query?: {
      readonly building?: readonly string[];
      readonly meter?: readonly string[];
      readonly code?: readonly string[];
      readonly state?: readonly ('open' | 'acknowledged' | 'refused' | 'closed')[];
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id' | 'to' | '-to';
      readonly fields?: string;
    };

    readonly answer: readonly GetBuildingsByIdAlarmsItem[];
    readonly some: readonly (Partial<GetBuildingsByIdAlarmsItem> & Pick<GetBuildingsByIdAlarmsItem, 'id'>)[];
  };
  /** One alarm of a building. */
  readonly 'GET /v1/buildings/{id}/alarms/{alarm}': {
    readonly path: { readonly id: string | number; readonly alarm: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdAlarmsItem;
    readonly some: Partial<GetBuildingsByIdAlarmsItem>;
  };
  /** A named person acknowledges, refuses, closes or reopens an alarm. */
  readonly 'POST /v1/buildings/{id}/alarms/{alarm}/decision': {
    readonly path: { readonly id: string | number; readonly alarm: string | number };

    readonly body: PostBuildingsByIdAlarmsByAlarmDecisionBody;
    readonly answer: GetBuildingsByIdAlarmsItem;
  };
  /** What the last night made of each meter of a building: watched or not, by what and why, so that no alarm can be told from no watch. */
  readonly 'GET /v1/buildings/{id}/watch': {
    readonly path: { readonly id: string | number };

    readonly answer: readonly GetBuildingsByIdWatchItem[];
  };
  /** The gap between the saving promised and the one read after the last works, in kWh by cause, with what the meter cannot tell apart. */
  readonly 'GET /v1/buildings/{id}/gap': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdGapAnswer;
    readonly some: Partial<GetBuildingsByIdGapAnswer>;
  };
  /** What the stock has learnt of its finished works: realised over predicted saving by measure and family of buildings. */
  readonly 'GET /v1/rates': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetRatesAnswer;
    readonly some: Partial<GetRatesAnswer>;
  };
  /** The models of a meter: in force, candidates, retired, frozen baselines. */
  readonly 'GET /v1/meters/{id}/models': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly role?: 'baseline' | 'live';
      readonly status?: readonly ('candidate' | 'current' | 'retired' | 'frozen')[];
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id';
      readonly fields?: string;
    };

    readonly answer: GetMetersByIdModelsAnswer;
    readonly some: {
      readonly meterId: string;
      readonly models: readonly {
        readonly id: number;
        readonly role?: 'baseline' | 'live';
        readonly status?: 'candidate' | 'current' | 'retired' | 'frozen';
        readonly window?: { readonly from: string; readonly to: string };
        readonly kind?: string | null;
        readonly cvRmse?: number | null;
        readonly dataHash?: string;
        readonly stale?: Text | null;
        readonly at?: string;
        readonly last?: {
          readonly by: string;
          readonly action: string;
          readonly reason: string;
          readonly said: Text;
          readonly at: string;
        } | null;
      }[];
    };
  };
  /** Puts the model before the one in force back. */
  readonly 'POST /v1/meters/{id}/models/rollback': {
    readonly path: { readonly id: string | number };

    readonly body: PostProgrammesByIdAcceptanceBody;
    readonly answer: GetMetersByIdModelsAnswer;
  };
  /** A named person puts a candidate in force that the gate had kept out. */
  readonly 'POST /v1/meters/{id}/models/{model}/promotion': {
    readonly path: { readonly id: string | number; readonly model: string | number };

    readonly body: PostMetersByIdModelsByModelPromotionBody;
    readonly answer: GetMetersByIdModelsAnswer;
  };
  /** What changed since a position: in order, complete, kept 90 days. */
  readonly 'GET /v1/changes': {
    readonly query?: { readonly since?: number | null; readonly limit?: number; readonly kinds?: string };

    readonly answer: GetChangesAnswer;
  };
  /** The receivers that changes are sent to, and how far each has got. */
  readonly 'GET /v1/webhooks': {
    readonly answer: readonly GetWebhooksItem[];
  };
  /** Registers a receiver of changes; its secret is told once (docs/webhooks.md). */
  readonly 'POST /v1/webhooks': {
    readonly body: PostWebhooksBody;
    readonly answer: PostWebhooksAnswer;
  };
  /** One receiver. */
  readonly 'GET /v1/webhooks/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetWebhooksItem;
    readonly some: Partial<GetWebhooksItem>;
  };
  /** Removes a receiver. */
  readonly 'DELETE /v1/webhooks/{id}': {
    readonly path: { readonly id: string | number };

    readonly answer: DeleteBuildingsByIdScenariosByScenarioAnswer;
  };
  /** A new secret, told once; the old one signs beside it for a time. */
  readonly 'POST /v1/webhooks/{id}/rotation': {
    readonly path: { readonly id: string | number };

    readonly body: PostWebhooksByIdRotationBody;
    readonly answer: PostWebhooksAnswer;
  };
  /** Sends again to a receiver that was given up, from where it stopped. */
  readonly 'POST /v1/webhooks/{id}/resumption': {
    readonly path: { readonly id: string | number };

    readonly answer: GetWebhooksItem;
  };
  /** Sends a signed delivery without a change at once, and tells what the receiver answered. */
  readonly 'POST /v1/webhooks/{id}/test': {
    readonly path: { readonly id: string | number };

    readonly answer: PostWebhooksByIdTestAnswer;
  };
  /** The last hundred attempts to send to a receiver, newest first. */
  readonly 'GET /v1/webhooks/{id}/attempts': {
    readonly path: { readonly id: string | number };

    readonly answer: readonly GetWebhooksByIdAttemptsItem[];
  };
  /** Work in the queue, being done and done, newest first. */
  readonly 'GET /v1/jobs': {
    readonly query?: {
      readonly state?: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
      readonly kind?: string;
      readonly limit?: number;
    };

    readonly answer: readonly GetJobsItem[];
  };
  /** Puts work into the queue: a programme, its front, its metering plan, the report of the stock, a retraining; 202 with the address of the job. */
  readonly 'POST /v1/jobs': {
    readonly body:
      | { readonly kind: 'programme'; readonly input: PostProgrammesBody }
      | {
          readonly kind: 'front';
          readonly input: {
            readonly against?: 'energy' | 'carbon';
            readonly points?: number;
            readonly times?: number;
            readonly programmeId: number;
          };
        }
      | {
          readonly kind: 'metering-plan';
          readonly input: {
            readonly budgetEur: number;
            readonly currency?: 'EUR';
            readonly costsEur?: Readonly<Record<string, number | null>>;
            readonly programmeId: number;
          };
        }
      | { readonly kind: 'stock-report'; readonly input?: { readonly lang?: 'fr' | 'en' } }
      | { readonly kind: 'retraining'; readonly input?: {} };
    readonly answer: GetJobsItem;
  };
  /** How far a job is, and what came of it. */
  readonly 'GET /v1/jobs/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetJobsItem;
    readonly some: Partial<GetJobsItem>;
  };
  /** The same as server-sent events, until the job ends. */
  readonly 'GET /v1/jobs/{id}/events': {
    readonly path: { readonly id: string | number };
  };
  /** The file that a job left, for seven days: of the report of the stock a spreadsheet. */
  readonly 'GET /v1/jobs/{id}/file': {
    readonly path: { readonly id: string | number };
  };
  /** What a call put off by Prefer: respond-async was answered, for seven days: its own status, type and body. */
  readonly 'GET /v1/jobs/{id}/answer': {
    readonly path: { readonly id: string | number };

    readonly answer: unknown;
  };
  /** Stops a job; nothing of it is kept. */
  readonly 'POST /v1/jobs/{id}/cancellation': {
    readonly path: { readonly id: string | number };

    readonly answer: GetJobsItem;
  };
  /** Tries a failed or cancelled job again. */
  readonly 'POST /v1/jobs/{id}/retry': {
    readonly path: { readonly id: string | number };

    readonly answer: GetJobsItem;
  };
  /** The keys of machines, newest first, with their last use; none tells its secret. */
  readonly 'GET /v1/keys': {
    readonly answer: readonly GetKeysItem[];
  };
  /** Makes a key, told once: a role, and scopes where it shall do less. */
  readonly 'POST /v1/keys': {
    readonly body: PostKeysBody;
    readonly answer: PostKeysAnswer;
  };
  /** A new key that may do the same, told once; the old one ends after a time of grace. */
  readonly 'POST /v1/keys/{id}/rotation': {
    readonly path: { readonly id: string | number };

    readonly body: PostWebhooksByIdRotationBody;
    readonly answer: PostKeysAnswer;
  };
  /** Ends a key at once. */
  readonly 'DELETE /v1/keys/{id}': {
    readonly path: { readonly id: string | number };

    readonly answer: DeleteKeysByIdAnswer;
  };
  /** The audit log, newest first, with its chain of hashes. */
  readonly 'GET /v1/audit': {
    readonly query?: {
      readonly cursor?: number;
      readonly limit?: number;
      readonly subject?: string;
      readonly action?: string;
      readonly by?: string;
    };

    readonly answer: readonly GetAuditItem[];
  };
  /** The chain of the audit log, computed again: its length, its last hash, the first line that does not fit. */
  readonly 'GET /v1/audit/verification': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetAuditVerificationAnswer;
    readonly some: Partial<GetAuditVerificationAnswer>;
  };
  /** Who has a link or a session, newest first. */
  readonly 'GET /v1/people': {
    readonly answer: readonly GetPeopleItem[];
  };
  /** Makes a link that lets a named person in once, in a role; told once. */
  readonly 'POST /v1/people': {
    readonly body: PostPeopleBody;
    readonly answer: PostPeopleAnswer;
  };
  /** Ends a link or a session at once. */
  readonly 'DELETE /v1/people/{id}': {
    readonly path: { readonly id: string | number };

    readonly answer: DeletePeopleByIdAnswer;
  };
  /** Version, settings in force without their secrets, retention, and what each role may do. */
  readonly 'GET /v1/installation': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetInstallationAnswer;
    readonly some: Partial<GetInstallationAnswer>;
  };
  /** Exports all that is held of the organisation into a ZIP of open formats; 202 with the job. */
  readonly 'POST /v1/organisation/exports': {
    readonly answer: GetJobsItem;
  };
  /** The archive that an export left, for seven days. */
  readonly 'GET /v1/organisation/exports/{id}/file': {
    readonly path: { readonly id: string | number };
  };
  /** Imports an archive (the body, at most 4 GB) into this organisation, which must be empty; 202 with the job. */
  readonly 'POST /v1/organisation/imports': {
    readonly body: string | Uint8Array<ArrayBuffer> | Blob | FormData;
    readonly answer: GetJobsItem;
  };
  /** Buildings and meters with their last reading as NGSI-LD entities of the Smart Data Models. */
  readonly 'GET /ngsi-ld/v1/entities': {
    readonly query?: {
      readonly type?: string;
      readonly id?: string;
      readonly attrs?: string;
      readonly q?: string;
      readonly options?: string;
      readonly limit?: number | null;
      readonly offset?: number | null;
      readonly count?: 'true' | 'false';
    };

    readonly answer: readonly GetNgsiLdEntitiesItem[];
  };
  /** One entity, by its name. */
  readonly 'GET /ngsi-ld/v1/entities/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly attrs?: string; readonly options?: string };

    readonly answer: GetNgsiLdEntitiesItem;
  };
  /** The NGSI-LD subscriptions. */
  readonly 'GET /ngsi-ld/v1/subscriptions': {
    readonly answer: readonly GetNgsiLdSubscriptionsItem[];
  };
  /** Subscribes: notifications ride on the deliveries of changes; 201 with the address of the subscription. */
  readonly 'POST /ngsi-ld/v1/subscriptions': {
    readonly body: PostNgsiLdSubscriptionsBody;
    readonly answer: GetNgsiLdSubscriptionsItem;
  };
  /** One subscription, and how its notifications go. */
  readonly 'GET /ngsi-ld/v1/subscriptions/{id}': {
    readonly path: { readonly id: string | number };

    readonly answer: GetNgsiLdSubscriptionsItem;
  };
  /** Ends a subscription. */
  readonly 'DELETE /ngsi-ld/v1/subscriptions/{id}': {
    readonly path: { readonly id: string | number };
  };
  /** Labels and dates of the law of every building, and what each date finds if nothing is done. */
  readonly 'GET /v1/stock/law': {
    readonly query?: { readonly chance?: number | null };

    readonly answer: GetStockLawAnswer;
  };
  /** What the filters of the list of buildings leave of the stock: counts, totals, labels, urgencies, dates of the law. */
  readonly 'GET /v1/stock/summary': {
    readonly query?: {
      readonly id?: readonly string[];
      readonly use?: readonly (
        | 'housing'
        | 'school'
        | 'sports'
        | 'museum'
        | 'office'
        | 'community'
        | 'pool'
        | 'other'
      )[];
      readonly commune?: readonly string[];
      readonly constructionYearFrom?: number | null;
      readonly constructionYearTo?: number | null;
      readonly floorAreaM2From?: number | null;
      readonly floorAreaM2To?: number | null;
      readonly search?: string;
      readonly communeSearch?: string;
      readonly label?: readonly ('A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G')[];
      readonly legalBefore?: string;
      readonly carrier?: readonly ('gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar')[];
      readonly coverageFrom?: number | null;
      readonly coverageTo?: number | null;
      readonly urgency?: readonly ('outside' | 'soon' | 'later' | 'none' | 'unknown')[];
      readonly placed?: 'true' | 'false';
      readonly own?: readonly string[];
      readonly rnb?: readonly string[];
      readonly bdnb?: readonly string[];
      readonly cadastre?: readonly string[];
    };

    readonly answer: GetStockSummaryAnswer;
  };
  /** Where the buildings that the filters leave stand, gathered in the cells of a box. */
  readonly 'GET /v1/stock/map': {
    readonly query?: {
      readonly id?: readonly string[];
      readonly use?: readonly (
        | 'housing'
        | 'school'
        | 'sports'
        | 'museum'
        | 'office'
        | 'community'
        | 'pool'
        | 'other'
      )[];
      readonly commune?: readonly string[];
      readonly constructionYearFrom?: number | null;
      readonly constructionYearTo?: number | null;
      readonly floorAreaM2From?: number | null;
      readonly floorAreaM2To?: number | null;
      readonly search?: string;
      readonly communeSearch?: string;
      readonly label?: readonly ('A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G')[];
      readonly legalBefore?: string;
      readonly carrier?: readonly ('gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar')[];
      readonly coverageFrom?: number | null;
      readonly coverageTo?: number | null;
      readonly urgency?: readonly ('outside' | 'soon' | 'later' | 'none' | 'unknown')[];
      readonly placed?: 'true' | 'false';
      readonly own?: readonly string[];
      readonly rnb?: readonly string[];
      readonly bdnb?: readonly string[];
      readonly cadastre?: readonly string[];
      readonly west?: number | null;
      readonly south?: number | null;
      readonly east?: number | null;
      readonly north?: number | null;
      readonly across?: number;
    };

    readonly answer: GetStockMapAnswer;
  };
  /** The lines of the stock that the filters leave, as one CSV. */
  readonly 'GET /v1/stock/sheet': {
    readonly query?: {
      readonly id?: readonly string[];
      readonly use?: readonly (
        | 'housing'
        | 'school'
        | 'sports'
        | 'museum'
        | 'office'
        | 'community'
        | 'pool'
        | 'other'
      )[];
      readonly commune?: readonly string[];
      readonly constructionYearFrom?: number | null;
      readonly constructionYearTo?: number | null;
      readonly floorAreaM2From?: number | null;
      readonly floorAreaM2To?: number | null;
      readonly search?: string;
      readonly communeSearch?: string;
      readonly label?: readonly ('A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G')[];
      readonly legalBefore?: string;
      readonly carrier?: readonly ('gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar')[];
      readonly coverageFrom?: number | null;
      readonly coverageTo?: number | null;
      readonly urgency?: readonly ('outside' | 'soon' | 'later' | 'none' | 'unknown')[];
      readonly placed?: 'true' | 'false';
      readonly own?: readonly string[];
      readonly rnb?: readonly string[];
      readonly bdnb?: readonly string[];
      readonly cadastre?: readonly string[];
      readonly sort?:
        | 'id'
        | '-id'
        | 'name'
        | '-name'
        | 'commune'
        | '-commune'
        | 'constructionYear'
        | '-constructionYear'
        | 'floorAreaM2'
        | '-floorAreaM2'
        | 'heatLossWK'
        | '-heatLossWK'
        | 'annualKwh'
        | '-annualKwh'
        | 'annualEur'
        | '-annualEur'
        | 'annualKgCo2e'
        | '-annualKgCo2e'
        | 'intensityKwhM2'
        | '-intensityKwhM2'
        | 'label'
        | '-label'
        | 'legalUntil'
        | '-legalUntil'
        | 'dataCoverage'
        | '-dataCoverage'
        | 'urgency'
        | '-urgency';
      readonly lang?: 'fr' | 'en';
    };
  };
  /** Where each meter stands within its family, and the habits that cost energy, in words. */
  readonly 'GET /v1/stock/benchmarks': {
    readonly query?: { readonly fields?: string };

    readonly answer: GetStockBenchmarksAnswer;
    readonly some: Partial<GetStockBenchmarksAnswer>;
  };
  /** Keeps what the owner declares of a tertiary site: area, reference year and use, absolute targets. */
  readonly 'PUT /v1/buildings/{id}/tertiary': {
    readonly path: { readonly id: string | number };

    readonly body: PutBuildingsByIdTertiaryBody;
    readonly answer: PutBuildingsByIdTertiaryAnswer;
  };
  /** Keeps what a person knows of fuel poverty in a building: a share of households or a score. */
  readonly 'PUT /v1/buildings/{id}/fuel-poverty': {
    readonly path: { readonly id: string | number };

    readonly body: PutBuildingsByIdFuelPovertyBody;
    readonly answer: PutBuildingsByIdFuelPovertyAnswer;
  };
  /** The same for many buildings; each bad line is told and the good ones stand. */
  readonly 'POST /v1/stock/fuel-poverty': {
    readonly body: PostStockFuelPovertyBody;
    readonly answer: PostStockFuelPovertyAnswer;
  };
  /** Which buildings of a programme to measure, and how, so that its saving is known best for the money. */
  readonly 'POST /v1/programmes/{id}/metering-plan': {
    readonly path: { readonly id: string | number };

    readonly body: PostProgrammesByIdMeteringPlanBody;
    readonly answer: PostProgrammesByIdMeteringPlanAnswer;
  };
  /** Which buildings to measure before deciding, because the reading may change the choice of works. */
  readonly 'POST /v1/programmes/{id}/metering-for-choice': {
    readonly path: { readonly id: string | number };

    readonly body: PostProgrammesByIdMeteringPlanBody;
    readonly answer: PostProgrammesByIdMeteringForChoiceAnswer;
  };
  /** Measured savings of a building, a programme or the whole stock: first year, since the works, years, months, by energy. */
  readonly 'GET /v1/savings': {
    readonly query?: { readonly building?: string; readonly programme?: number };

    readonly answer: GetSavingsAnswer;
  };
  /** The yearly report of savings, to be signed: PDF, xlsx, or JSON (docs/schemas/savings-report-1.schema.json). */
  readonly 'GET /v1/savings/report': {
    readonly query: {
      readonly building?: string;
      readonly programme?: number;
      readonly format: 'pdf' | 'xlsx' | 'json';
      readonly year?: number;
      readonly lang?: 'fr' | 'en';
    };

    readonly answer: GetSavingsReportAnswer;
  };
  /** Consumption of a year by energy of the buildings subject to the tertiary decree, for OPERAT: JSON or CSV, with what is missing. */
  readonly 'POST /v1/operat': {
    readonly body: PostOperatBody;
    readonly answer: PostOperatAnswer;
  };
  /** The meters of a building: what is held of each, its coverage and its marks of doubt. */
  readonly 'GET /v1/buildings/{id}/meters': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetBuildingsByIdMetersAnswer;
    readonly some: Partial<GetBuildingsByIdMetersAnswer>;
  };
  /** Readings put together for a picture of any zoom; of a dwelling for an administrator alone. */
  readonly 'GET /v1/meters/{id}/series': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly from?: string; readonly to?: string; readonly points?: number };

    readonly answer: GetMetersByIdSeriesAnswer;
  };
  /** A meter against the weather: signature, residuals, months and years in mean weather. */
  readonly 'GET /v1/meters/{id}/analysis': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetMetersByIdAnalysisAnswer;
    readonly some: Partial<GetMetersByIdAnalysisAnswer>;
  };
  /** Reads a file of readings as the meter would take it and says what would change; keeps nothing. */
  readonly 'POST /v1/meters/{id}/readings/preflight': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly unit?: 'kWh' | 'MWh' | 'Wh' | 'm3' | 'kW' | 'W';
      readonly kwhPerM3?: number;
      readonly register?: string;
      readonly series?: string;
      readonly timeColumn?: string;
      readonly valueColumn?: string;
      readonly stamps?: 'start' | 'end';
    };
    readonly body: string | Uint8Array<ArrayBuffer> | Blob | FormData;
    readonly answer: PostMetersByIdReadingsPreflightAnswer;
  };
  /** The meters of the stock; of dwellings for an administrator alone. */
  readonly 'GET /v1/meters': {
    readonly query?: {
      readonly id?: readonly string[];
      readonly building?: readonly string[];
      readonly carrier?: readonly ('gas' | 'electricity' | 'district-heat' | 'oil' | 'wood' | 'solar')[];
      readonly use?: readonly string[];
      readonly limit?: number;
      readonly cursor?: string;
      readonly sort?: 'id' | '-id';
      readonly fields?: string;
    };

    readonly answer: readonly GetMetersItem[];
    readonly some: readonly (Partial<GetMetersItem> & Pick<GetMetersItem, 'id'>)[];
  };
  /** A meter as it was declared. */
  readonly 'GET /v1/meters/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetMetersByIdAnswer;
    readonly some: Partial<GetMetersByIdAnswer>;
  };
  /** Declares a meter, or one computed from others: a formula, a share, the use of one’s own panels. */
  readonly 'PUT /v1/meters/{id}': {
    readonly path: { readonly id: string | number };

    readonly body: PutMetersByIdBody;
    readonly answer: GetMetersByIdAnswer;
  };
  /** Erases a meter with everything held of it. */
  readonly 'DELETE /v1/meters/{id}': {
    readonly path: { readonly id: string | number };

    readonly body: PostProgrammesByIdAcceptanceBody;
    readonly answer: DeleteMetersByIdAnswer;
  };
  /** Sends readings: JSON, or a file of any known format with its content type; sending them twice stores them once. */
  readonly 'POST /v1/meters/{id}/readings': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly unit?: 'kWh' | 'MWh' | 'Wh' | 'm3' | 'kW' | 'W';
      readonly kwhPerM3?: number;
      readonly register?: string;
      readonly series?: string;
      readonly timeColumn?: string;
      readonly valueColumn?: string;
      readonly stamps?: 'start' | 'end';
    };
    readonly body:
      | {
          readonly readings: readonly {
            readonly start: string;
            readonly end: string;
            readonly kwh: number;
          }[];
        }
      | { readonly registers: readonly { readonly at: string; readonly kwh: number }[] }
      | string
      | Uint8Array<ArrayBuffer>
      | Blob
      | FormData;
    readonly answer: PostMetersByIdReadingsAnswer;
  };
  /** Stored readings; of a dwelling for an administrator alone. */
  readonly 'GET /v1/meters/{id}/readings': {
    readonly path: { readonly id: string | number };
    readonly query?: {
      readonly from?: string;
      readonly to?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };

    readonly answer: GetMetersByIdReadingsAnswer;
  };
  /** Defects of the stored readings, and what people decided about them. */
  readonly 'GET /v1/meters/{id}/quality': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetMetersByIdQualityAnswer;
    readonly some: Partial<GetMetersByIdQualityAnswer>;
  };
  /** Decides about readings: keep, exclude or correct by a factor. */
  readonly 'POST /v1/meters/{id}/decisions': {
    readonly path: { readonly id: string | number };

    readonly body: PostMetersByIdDecisionsBody;
    readonly answer: PostMetersByIdDecisionsAnswer;
  };
  /** Takes a decision back. */
  readonly 'POST /v1/meters/{id}/decisions/{decision}/reversal': {
    readonly path: { readonly id: string | number; readonly decision: string | number };

    readonly body: PostProgrammesByIdAcceptanceBody;
    readonly answer: PostMetersByIdDecisionsAnswer;
  };
  /** Everything held of a meter. */
  readonly 'GET /v1/meters/{id}/export': {
    readonly path: { readonly id: string | number };

    readonly answer: GetMetersByIdExportAnswer;
  };
  /** The weather stations of the stock, with the days held of each. */
  readonly 'GET /v1/weather-stations': {
    readonly answer: readonly GetWeatherStationsItem[];
  };
  /** One weather station. */
  readonly 'GET /v1/weather-stations/{id}': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly fields?: string };

    readonly answer: GetWeatherStationsItem;
    readonly some: Partial<GetWeatherStationsItem>;
  };
  /** Declares a weather station, or changes its name and place; buildings choose theirs by it. */
  readonly 'PUT /v1/weather-stations/{id}': {
    readonly path: { readonly id: string | number };

    readonly body: PutWeatherStationsByIdBody;
    readonly answer: GetWeatherStationsItem;
  };
  /** The days of weather held of a station. */
  readonly 'GET /v1/weather-stations/{id}/days': {
    readonly path: { readonly id: string | number };
    readonly query?: { readonly from?: string; readonly to?: string };

    readonly answer: GetWeatherStationsByIdDaysAnswer;
  };
  /** Sends days of weather; sending them twice stores them once, a day sent again takes the new value. */
  readonly 'POST /v1/weather-stations/{id}/days': {
    readonly path: { readonly id: string | number };

    readonly body: PostWeatherStationsByIdDaysBody;
    readonly answer: PostWeatherStationsByIdDaysAnswer;
  };
};
