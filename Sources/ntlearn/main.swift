Learn.main()
