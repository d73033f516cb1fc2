/**
 * Every node type of the ELM schema (HL7 CQL 1.5, ELM `expression.xsd` and `clinicalexpression.xsd`). A type outside it
 * is not ELM; one inside it may still be refused when a definition that is compiled reaches it.
 */
const words = `
AccessModifier Abs Add After Aggregate AliasRef AliasedQuerySource AllTrue And AnyInCodeSystem AnyInValueSet AnyTrue As Avg Before
ByColumn ByDirection ByExpression CalculateAge CalculateAgeAt CanConvert CanConvertQuantity Case Ceiling Children ChoiceTypeSpecifier
Coalesce Code CodeDef CodeFilterElement CodeRef CodeSystemDef CodeSystemRef Collapse Combine Concatenate Concept ConceptDef ConceptRef
Contains ContextDef Convert ConvertQuantity ConvertsToBoolean ConvertsToDate ConvertsToDateTime ConvertsToDecimal ConvertsToInteger
ConvertsToLong ConvertsToQuantity ConvertsToRatio ConvertsToString ConvertsToTime Count Current Date DateFilterElement DateFrom DateTime
DateTimeComponentFrom Descendents Descendants DifferenceBetween Distinct Divide DurationBetween End Ends EndsWith Equal Equivalent
Except Exists Exp Expand ExpandValueSet ExpressionDef ExpressionRef Filter First Flatten Floor ForEach FunctionDef FunctionRef GeometricMean
Greater GreaterOrEqual HighBoundary IdentifierRef If Implies In InCodeSystem InValueSet IncludeDef IncludeElement IncludedIn Includes
IndexOf Indexer Instance Intersect Interval IntervalTypeSpecifier Is IsFalse IsNull IsTrue Iteration Last LastPositionOf Length Less
LessOrEqual LetClause List ListTypeSpecifier Literal Ln Log LowBoundary Lower Matches Max MaxValue Median Meets MeetsAfter MeetsBefore
Message Min MinValue Mode Modulo Multiply NamedTypeSpecifier Negate Not NotEqual Now Null OperandDef OperandRef Or OtherFilterElement
Overlaps OverlapsAfter OverlapsBefore ParameterDef ParameterRef ParameterTypeSpecifier PointFrom PopulationStdDev PopulationVariance
PositionOf Power Precision Predecessor Product ProperContains ProperIn ProperIncludedIn ProperIncludes Property Quantity Query QueryLetRef
Ratio RelationshipClause Repeat ReplaceMatches Retrieve ReturnClause Round SameAs SameOrAfter SameOrBefore Search SingletonFrom Size
Slice Sort SortClause Split SplitOnMatches Start Starts StartsWith StdDev SubsumedBy Subsumes Substring Subtract Successor Sum
TimeFrom TimeOfDay Time Times TimezoneFrom TimezoneOffsetFrom ToBoolean ToChars ToConcept ToDate ToDateTime ToDecimal ToInteger ToList
ToLong ToQuantity ToRatio ToString ToTime Today Total Truncate TruncatedDivide Tuple TupleElementDefinition TupleTypeSpecifier Union
Upper UsingDef ValueSetDef ValueSetRef Variance Width With Without Xor AggregateClause`

export const elmVocabulary: ReadonlySet<string> = new Set(words.trim().split(/\s+/))
